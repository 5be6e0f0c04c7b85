import type { Metadata } from "next";
import { EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor } from "@/lib/console/page";
import { TokenInspector } from "./_components/token-inspector";

export const metadata: Metadata = { title: "Token inspector" };

export default async function TokenInspectorPage({ params }: { params: Promise<{ app: string; env: string }> }) {
  const { actor, environment, closed } = await pageActor(await params, "users.read");
  return (
    <EnvironmentScopeProvider app={environment.appId} environment={environment.name} role={actor.role} closed={closed}>
      <div className="max-w-2xl">
        <PageHeader
          title="Token inspector"
          breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Token inspector" }]} />}
          description="See whose access token it is, and whether it works. It is neither stored nor logged."
        />
        <TokenInspector />
      </div>
    </EnvironmentScopeProvider>
  );
}
