import { LoadError } from "@/components/layout/failures";
import { Alert } from "@/components/ui/alert";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage } from "@/lib/console/page";
import { lowestRole, operatorMay, reaches } from "@/lib/core/permissions";
import { getSettings } from "@/lib/core/settings/get-settings";
import { SettingsForm } from "./_components/settings-form";

export const metadata = { title: "Chat settings" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export default async function ChatSettingsPage({ params }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "settings.read");
  const reachable = reaches(actor, { appId: environment.appId, name: "development" });
  const copyable = environment.name === "production" && operatorMay(actor, "settings.change") && !closed && reachable;
  const [state, development] = await Promise.all([
    readForPage(actor, () => getSettings(context, actor)),
    copyable ? readDevelopment(scope.app) : null,
  ]);
  const mayChange = operatorMay(actor, "settings.change");
  return (
    <div className="max-w-3xl">
      <PageHeader
        breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Chat settings" }]} />}
        title="Chat settings"
        description="Changes apply at once, and only to this environment."
      />
      {mayChange ? null : (
        <Alert className="mb-4">
          Only the role {lowestRole("settings.change")} or higher can change these; yours is {actor.role}. An owner can
          change it under Operators.
        </Alert>
      )}
      {state.ok ? (
        <SettingsForm
          scope={{ app: scope.app, env: scope.env }}
          environment={environment.name}
          state={state.data}
          development={development?.ok ? development.data.values : null}
          mayChange={mayChange && !closed}
        />
      ) : (
        <LoadError what="the chat settings" error={state.error} />
      )}
    </div>
  );
}

async function readDevelopment(app: string) {
  const { context, actor } = await pageActor({ app, env: "development" }, "settings.read");
  return readForPage(actor, () => getSettings(context, actor));
}
