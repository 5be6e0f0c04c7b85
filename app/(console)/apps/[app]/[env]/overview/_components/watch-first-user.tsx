"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button, Spinner } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";

const POLL_MS = 4_000;

/** Waits for the first registration and says so; the page changes only when the operator asks for it. */
export function WatchFirstUser() {
  const { scope } = useEnvironmentScope();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const { data: count = 0, isError } = useQuery({
    queryKey: ["overview", "registered", scope.app, scope.env],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/apps/${scope.app}/${scope.env}/overview/registered`, { signal });
      if (!response.ok) throw new Error(`The console answered ${response.status}.`);
      return ((await response.json()) as { count: number }).count;
    },
    refetchInterval: ({ state }) => ((state.data ?? 0) > 0 ? false : POLL_MS),
  });
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-3">
      <p role="status" className="flex items-center gap-2">
        {count > 0 ? (
          <span className="font-medium text-ok-ink">{plural(count, "user")} registered.</span>
        ) : isError ? (
          "Still waiting. The console isn’t answering."
        ) : (
          <>
            <Spinner className="size-3.5" /> Waiting for the first registration
          </>
        )}
      </p>
      {count > 0 ? (
        <Button size="sm" pending={pending} onClick={() => startTransition(() => router.refresh())}>
          Show the overview
        </Button>
      ) : null}
    </div>
  );
}
