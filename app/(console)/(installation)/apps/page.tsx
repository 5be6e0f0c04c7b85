import { installationPage, readForPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";
import { roleMay } from "@/lib/core/permissions";
import { AppsScreen } from "./_components/apps-screen";

export const metadata = { title: "Apps" };

export default async function AppsPage() {
  const { context, actor } = await installationPage("users.read");
  const apps = await readForPage(actor, () => listApps(context, actor));
  return <AppsScreen apps={apps} mayCreate={roleMay(actor.role, "apps.create")} />;
}
