import { Lock, SearchX } from "lucide-react";
import { placeBase, productionState } from "@/components/layout/frame-data";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { installationPage } from "@/lib/console/page";
import { currentPath } from "@/lib/console/request";
import { listApps } from "@/lib/core/apps/list-apps";
import { lowestRole, roleMay } from "@/lib/core/permissions";
import { InstallationFrame } from "../../_session/installation-frame";

/** The address of an environment that does not exist: of no app, or a Production that no plan has opened yet. */
export default async function NoSuchEnvironment() {
  const { context, actor } = await installationPage("users.read");
  const [, , appId, environment] = (await currentPath()).split(/[/?]/);
  const app = (await listApps(context, actor)).find(({ id }) => id === appId);
  const development = app && placeBase({ app, environment: "development" });
  const unopened = app !== undefined && environment === "production" && productionState(app) === "not-opened";
  return (
    <InstallationFrame context={context} actor={actor} appOf={(apps) => apps.find(({ id }) => id === app?.id)}>
      {unopened ? (
        <EmptyState
          icon={Lock}
          heading="h1"
          title={`${app.name} has no Production yet`}
          actions={
            <>
              <LinkButton variant="primary" href={`${development}/settings#plan`}>
                Go to App settings
              </LinkButton>
              <LinkButton href={`${development}/overview`}>Go to Development</LinkButton>
            </>
          }
        >
          <p>
            The Starter and Pro plans open it, with its own App Key and settings.{" "}
            {roleMay(actor.role, "apps.change_plan")
              ? ""
              : `Changing the plan needs the role ${lowestRole("apps.change_plan")}; yours is ${actor.role}.`}
          </p>
        </EmptyState>
      ) : (
        <EmptyState
          icon={SearchX}
          heading="h1"
          title={app ? "This environment does not exist" : "This app does not exist"}
          actions={
            <>
              {app ? <LinkButton href={`${development}/overview`}>Go to {app.name}</LinkButton> : null}
              <LinkButton href="/apps" variant="primary">
                All apps
              </LinkButton>
            </>
          }
        >
          <p>The address may be wrong, or the app is gone.</p>
        </EmptyState>
      )}
    </InstallationFrame>
  );
}
