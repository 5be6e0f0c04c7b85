"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";

/** The group could not be read; the page can be tried again. */
export function GroupLoadError({ base, groupId, error }: { base: string; groupId: string; error: ActionError }) {
  const router = useRouter();
  return (
    <>
      <PageHeader
        title="Group"
        breadcrumb={<Breadcrumb crumbs={[{ label: "Groups", href: `${base}/groups` }, { label: groupId }]} />}
      />
      <ErrorState
        title="Could not load the group"
        cause={error.message}
        code={error.code}
        requestId={error.requestId}
        onRetry={() => startTransition(() => router.refresh())}
      />
    </>
  );
}
