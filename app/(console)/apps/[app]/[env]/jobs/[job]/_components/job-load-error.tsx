"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";

/** The job could not be read; the page can be tried again. */
export function JobLoadError({ error }: { error: ActionError }) {
  const router = useRouter();
  return (
    <ErrorState
      title="Could not load the job"
      cause={error.message}
      code={error.code}
      requestId={error.requestId}
      onRetry={() => startTransition(() => router.refresh())}
    />
  );
}
