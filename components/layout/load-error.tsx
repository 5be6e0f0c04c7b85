"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";

/** What a page shows in place of what could not be read; Retry reads it again. */
export function LoadError({ what, error }: { what: string; error: ActionError }) {
  const router = useRouter();
  return (
    <ErrorState
      title={`Could not load ${what}`}
      cause={error.message}
      code={error.code}
      requestId={error.requestId}
      onRetry={() => startTransition(() => router.refresh())}
    />
  );
}
