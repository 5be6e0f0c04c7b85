import { LayoutGrid } from "lucide-react";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState } from "@/components/ui/states";
import { installationPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";
import { roleMay } from "@/lib/core/permissions";
import { AppsTable } from "./_components/apps-table";
import { CreateApp } from "./_components/create-app";

export const metadata = { title: "Apps" };

export default async function AppsPage() {
  const { context, actor } = await installationPage("users.read");
  const apps = await listApps(context, actor);
  return (
    <>
      <PageHeader
        title="Apps"
        count={apps.length}
        description="Each app has a Development and a Production environment. Apps and environments share no data."
        actions={<CreateApp allowed={roleMay(actor.role, "apps.create")} />}
      />
      {apps.length === 0 ? (
        <EmptyState icon={LayoutGrid} title="No apps yet">
          <p>An app holds the users of one product, with keys of its own.</p>
        </EmptyState>
      ) : (
        <AppsTable apps={apps} />
      )}
    </>
  );
}
