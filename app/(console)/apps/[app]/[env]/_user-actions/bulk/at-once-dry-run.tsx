"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { type BulkActInput, bulkPhrase } from "@/lib/core/bulk/schema";
import type { TargetUser } from "../user-actions";
import { DryRun } from "./dry-run";
import { useDryRun } from "./use-dry-run";

/** Acts that are done at once with a few ticked users. */
export type AtOnceKind = "ban" | "unban" | "invalidate_tokens" | "restore";

interface AtOnce extends ReturnType<typeof useDryRun> {
  readonly kind: AtOnceKind;
  /** True with a single user, whom the question names: nothing has to be found out. */
  readonly single: boolean;
  /** Something would be done. */
  readonly ready: boolean;
  /** What has to be typed first. */
  readonly phrase: string | undefined;
}

/** What an act would do with a few ticked users, as before a job; nothing is asked of the server for a single one. */
export function useAtOnce(kind: AtOnceKind, users: readonly TargetUser[]): AtOnce {
  const { environment } = useEnvironmentScope();
  const single = users.length === 1;
  const act: BulkActInput = kind === "ban" ? { kind, durationMinutes: 1 } : { kind };
  const run = useDryRun(single ? null : act, { by: "ids", userIds: users.map(({ userId }) => userId) });
  const { plan } = run;
  return {
    ...run,
    kind,
    single,
    ready: single || (plan !== null && plan.count > 0),
    phrase: (plan === null || plan.count === 0 ? null : bulkPhrase(kind, environment, plan)) ?? undefined,
  };
}

/** How many it will be done to, who is left out and why, and which connections close. */
export function AtOnceDryRun({ run, connections }: { run: AtOnce; connections?: "close" | "stay" | undefined }) {
  const { single, kind, plan, error, again } = run;
  return single ? null : <DryRun kind={kind} plan={plan} error={error} onAgain={again} connections={connections} />;
}
