import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage } from "@/lib/console/page";
import { operatorMay } from "@/lib/core/permissions";
import { getQuota } from "@/lib/core/quota/get-quota";
import { DeletionWizard } from "./_components/deletion-wizard";
import { ResetDevelopment } from "./_components/reset-development";

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).env === "development" ? "Delete test users" : "Not found" };
}

const PREFIXES_SHOWN = 6;

/** Frees seats of the development limit. The page does not exist in production. */
export default async function DeleteTestUsersPage({ params }: Props) {
  const scope = await params;
  if (scope.env !== "development") notFound();
  const { context, actor, environment } = await pageActor(scope, "users.delete_test");
  // The prefixes are only a convenience: without them the wizard works as well.
  const quota = await readForPage(actor, () => getQuota(context, actor));
  const place = { app: environment.appId, env: environment.name };
  const prefixes = quota.ok ? quota.data.byPrefix.slice(0, PREFIXES_SHOWN) : [];
  return (
    <>
      <PageHeader
        title="Delete test users"
        description={
          quota.ok
            ? `${quota.data.used} of ${quota.data.limit} Development users are registered. Delete test users to free their seats.`
            : "Delete test users to free their seats. In Development only."
        }
        actions={operatorMay(actor, "scenarios.reset") ? <ResetDevelopment scope={place} /> : null}
      />
      <DeletionWizard
        scope={place}
        base={`/apps/${environment.appId}/${environment.name}`}
        prefixes={prefixes.map(({ prefix, count }) => ({ prefix, count }))}
      />
    </>
  );
}
