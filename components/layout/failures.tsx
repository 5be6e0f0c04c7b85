"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";

/** What an error boundary shows. `digest` is the number under which the server's log has the whole story. */
export function FailedPage({ digest, reset }: { digest: string | undefined; reset: () => void }) {
  const router = useRouter();
  return (
    <ErrorState
      heading="h1"
      title="This page could not be shown"
      cause="Something went wrong on our side. Nothing was changed by it."
      requestId={digest ?? ""}
      onRetry={() =>
        startTransition(() => {
          router.refresh();
          reset();
        })
      }
    />
  );
}

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
