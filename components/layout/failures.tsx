"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { reloadKeepingInput } from "@/components/failure/kept-input";
import { failureOfThrown, isLostChunk } from "@/components/failure/unanswered";
import { ErrorState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";

/** What an error boundary shows: the kind of failure where that is known, else the number under which the log has it. */
export function FailedPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  const [failure, setFailure] = useState<ActionError | null>(null);
  // Asks the browser about its connection and may tell the whole console what it found: not while it draws.
  useEffect(() => setFailure(failureOfThrown(error, "read")), [error]);
  if (failure === null) return null;
  return (
    <ErrorState
      heading="h1"
      title="This page could not be shown"
      error={failure}
      onRetry={() => {
        // The bundler does not ask twice for a file of the page's code.
        if (isLostChunk(error)) return reloadKeepingInput();
        startTransition(() => {
          router.refresh();
          reset();
        });
      }}
    />
  );
}

/** What a page shows in place of what could not be read; Retry reads it again. */
export function LoadError({ what, error }: { what: string; error: ActionError }) {
  const router = useRouter();
  return (
    <ErrorState
      title={`Could not load ${what}`}
      error={error}
      onRetry={() => startTransition(() => router.refresh())}
    />
  );
}
