import { LoadError } from "@/components/layout/failures";
import { Alert } from "@/components/ui/alert";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage } from "@/lib/console/page";
import { lowestRole, roleMay } from "@/lib/core/permissions";
import { getSettings } from "@/lib/core/settings/get-settings";
import { SettingsForm } from "./_components/settings-form";

export const metadata = { title: "Chat settings" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export default async function ChatSettingsPage({ params }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "settings.read");
  const state = await readForPage(actor, () => getSettings(context, actor));
  const mayChange = roleMay(actor.role, "settings.change");
  return (
    <div className="max-w-3xl">
      <PageHeader
        breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Chat settings" }]} />}
        title="Chat settings"
        description="Changes act at once in every process of this environment. Nothing is copied to the other one."
      />
      {mayChange ? null : (
        <Alert className="mb-4">
          Changing these needs the role {lowestRole("settings.change")} or higher; yours is {actor.role}. An owner can
          change it under Operators.
        </Alert>
      )}
      {state.ok ? (
        <SettingsForm
          scope={{ app: scope.app, env: scope.env }}
          environment={environment.name}
          state={state.data}
          mayChange={mayChange && !closed}
        />
      ) : (
        <LoadError what="the chat settings" error={state.error} />
      )}
    </div>
  );
}
