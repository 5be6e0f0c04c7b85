"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOfThrown } from "@/components/failure/unanswered";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { ActionError } from "@/lib/console/action-result";
import type { BulkActInput, BulkPlan } from "@/lib/core/bulk/schema";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import { planBulkAction } from "../actions";

interface DryRun {
  /** Null until it has answered, or while there is nothing to ask. */
  readonly plan: BulkPlan | null;
  readonly error: ActionError | null;
  again(): void;
}

/**
 * The dry run of an act: made once for it, and again only when asked for, so that the numbers do not move under the eyes. `act`
 * null: what is asked for is not complete yet.
 */
export function useDryRun(act: BulkActInput | null, selection: BulkSelectionInput): DryRun {
  const { scope } = useEnvironmentScope();
  const query = useQuery({
    queryKey: ["dry-run", scope.app, scope.env, act, selection],
    queryFn: () => (act === null ? null : planBulkAction(scope, { act, selection })),
    enabled: act !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  });
  const answer = query.isFetching || act === null ? null : query.data;
  const failed = query.isError ? failureOfThrown(query.error, "read") : answer && !answer.ok ? answer.error : null;
  return {
    plan: answer?.ok ? answer.data : null,
    error: query.isFetching ? null : failed,
    again: () => void query.refetch(),
  };
}
