import { operatorPage, readForPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";
import { operatorMay } from "@/lib/core/permissions";
import { AppsScreen } from "./_components/apps-screen";

export const metadata = { title: "Apps" };

export default async function AppsPage() {
  const { context, actor } = await operatorPage();
  const apps = await readForPage(actor, () => listApps(context, actor));
  return <AppsScreen apps={apps} mayCreate={operatorMay(actor, "apps.create")} />;
}
