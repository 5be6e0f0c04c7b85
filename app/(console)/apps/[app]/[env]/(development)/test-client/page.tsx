import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor } from "@/lib/console/page";
import { env } from "@/lib/env";
import { TestClient } from "./_components/test-client";

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).env === "development" ? "Test client" : "Not found" };
}

/** Two test users side by side, connected from this browser. The page does not exist in production. */
export default async function TestClientPage({ params }: Props) {
  const scope = await params;
  if (scope.env !== "development") notFound();
  const { environment } = await pageActor(scope, "users.issue_test_token");
  const base = `/apps/${environment.appId}/${environment.name}`;
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Test client" }]} />}
        title="Test client"
        description={
          <>
            Connect as two users and write to each other. To try{" "}
            <Link href={`${base}/chat/settings#friend`} className="font-medium text-accent-ink underline">
              Restrict direct messaging to friends
            </Link>
            , turn it on while both are connected, then send again.
          </>
        }
      />
      <TestClient
        scope={{ app: environment.appId, env: environment.name }}
        base={base}
        apiUrl={env().PUBLIC_API_URL}
        appKey={environment.appKey}
      />
    </>
  );
}
