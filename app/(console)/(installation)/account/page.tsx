import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { installationPage } from "@/lib/console/page";
import { ChangePassword } from "./_components/change-password";
import { EndSessions } from "./_components/end-sessions";

export const metadata = { title: "Account" };

export default async function AccountPage() {
  const { actor } = await installationPage("users.read");
  const role = ROLE_WORDS[actor.role];
  return (
    <div className="max-w-2xl">
      <PageHeader title="Account" />
      <div className="flex flex-col gap-4">
        <Card aria-labelledby="who">
          <CardHeader id="who" title="You" />
          <CardBody>
            <KeyValueList
              items={[
                { key: "Name", value: actor.name },
                { key: "E-mail", value: actor.email },
                { key: "Role", value: `${role.label}: ${role.may.charAt(0).toLowerCase()}${role.may.slice(1)}` },
              ]}
            />
          </CardBody>
        </Card>
        <ChangePassword email={actor.email} />
        <EndSessions />
      </div>
    </div>
  );
}
