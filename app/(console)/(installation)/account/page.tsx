import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { issuerSentence } from "@/lib/console/issuer-words";
import type { SearchParams } from "@/lib/console/page";
import { operatorPage, readPage } from "@/lib/console/page";
import { passkeySite } from "@/lib/console/passkey-site";
import { listApps } from "@/lib/core/apps/list-apps";
import { listOwnFactors } from "@/lib/core/factors/list-own-factors";
import { listOwnTokens } from "@/lib/core/operator-tokens/list-tokens";
import { listOwnSessions } from "@/lib/core/operators/list-sessions";
import { readOwnWays } from "@/lib/core/operators/own-ways";
import { AccountForm } from "./_components/account-form";
import { ChangePassword } from "./_components/change-password";
import { EndSessions } from "./_components/end-sessions";
import { LinkIssuer } from "./_components/link-issuer";
import { OwnFactors } from "./_components/own-factors";
import { OwnSessions } from "./_components/own-sessions";
import { OwnTokens } from "./_components/own-tokens";

export const metadata = { title: "Account" };

export default async function AccountPage({ searchParams }: { searchParams: SearchParams }) {
  const { context, actor } = await operatorPage();
  const { failed } = await searchParams;
  const site = await passkeySite();
  const [sessions, tokens, apps, factors, ways] = await readPage(() =>
    Promise.all([
      listOwnSessions(context, actor),
      listOwnTokens(context, actor),
      listApps(context, actor),
      listOwnFactors(context, actor, site),
      readOwnWays(context, actor),
    ]),
  );
  const role = ROLE_WORDS[actor.role];
  return (
    <div className="max-w-2xl">
      <PageHeader title="Account" />
      <div className="flex flex-col gap-4">
        <Card aria-labelledby="who">
          <CardHeader id="who" title="You" />
          <CardBody className="flex flex-col gap-4">
            <KeyValueList
              items={[{ key: "Role", value: `${role.label}: ${role.may.charAt(0).toLowerCase()}${role.may.slice(1)}` }]}
            />
            <AccountForm shown={{ name: actor.name, email: actor.email }} />
          </CardBody>
        </Card>
        {ways.password ? <ChangePassword name={actor.name} email={actor.email} /> : null}
        <OwnFactors own={factors} ways={ways} />
        {ways.linkable === null ? null : (
          <LinkIssuer
            issuer={ways.linkable}
            failure={typeof failed === "string" ? issuerSentence(failed, ways.linkable) : null}
          />
        )}
        <OwnTokens tokens={tokens} holds={actor.holds} apps={apps.map(({ id, name }) => ({ id, name }))} />
        <EndSessions others={sessions.some(({ current }) => !current)}>
          <OwnSessions sessions={sessions} />
        </EndSessions>
      </div>
    </div>
  );
}
