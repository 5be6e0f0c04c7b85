import { Lock, SearchX } from "lucide-react";
import { entranceOf, placeBase, productionState } from "@/components/layout/frame-data";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { operatorPage } from "@/lib/console/page";
import { currentPath } from "@/lib/console/request";
import { listApps } from "@/lib/core/apps/list-apps";
import { lowestRole, operatorMay } from "@/lib/core/permissions";
import { InstallationFrame } from "../../_session/installation-frame";

/** The address of an environment that is not there for the operator: of no app, a Production that no plan has opened yet, or where they have no role. */
export default async function NoSuchEnvironment() {
  const { context, actor } = await operatorPage();
  const [, , appId, environment] = (await currentPath()).split(/[/?]/);
  const app = (await listApps(context, actor)).find(({ id }) => id === appId);
  const entrance = app && placeBase(entranceOf(app));
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
              <LinkButton variant="primary" href={`${entrance}/settings#plan`}>
                Go to App settings
              </LinkButton>
              <LinkButton href={`${entrance}/overview`}>Go to Development</LinkButton>
            </>
          }
        >
          <p>
            The Starter and Pro plans open it, with its own App Key and settings.{" "}
            {operatorMay(actor, "apps.change_plan")
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
              {app ? <LinkButton href={`${entrance}/overview`}>Go to {app.name}</LinkButton> : null}
              <LinkButton href="/apps" variant="primary">
                All apps
              </LinkButton>
            </>
          }
        >
          <p>The address may be wrong, the app may be gone, or you have no role here.</p>
        </EmptyState>
      )}
    </InstallationFrame>
  );
}
