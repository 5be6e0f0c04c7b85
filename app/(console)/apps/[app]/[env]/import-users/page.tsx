import type { Metadata } from "next";
import { EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { formatCount } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor } from "@/lib/console/page";
import { IMPORT_MAX_BYTES } from "@/lib/core/imports/facts";
import { IMPORT_MAX_LINES } from "@/lib/core/imports/schema";
import { ImportWizard } from "./_components/import-wizard";

export const metadata: Metadata = { title: "Import users" };

interface ImportPageProps {
  params: Promise<{ app: string; env: string }>;
}

/** Users from a file: choose, look at what would happen, start the job. */
export default async function ImportPage({ params }: ImportPageProps) {
  const { actor, environment, closed } = await pageActor(await params, "users.register");
  const base = `/apps/${environment.appId}/${environment.name}`;
  return (
    <EnvironmentScopeProvider app={environment.appId} environment={environment.name} role={actor.role} closed={closed}>
      <PageHeader
        title="Import users"
        description={`From CSV or JSON, into ${environment.appName}, ${ENVIRONMENT_WORDS[environment.name].label}. Up to ${formatCount(IMPORT_MAX_LINES)} users, ${IMPORT_MAX_BYTES / 1_000_000} MB.`}
        breadcrumb={<Breadcrumb crumbs={[{ label: "Users", href: `${base}/users` }, { label: "Import" }]} />}
      />
      <ImportWizard />
    </EnvironmentScopeProvider>
  );
}
