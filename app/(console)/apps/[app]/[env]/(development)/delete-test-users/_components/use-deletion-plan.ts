"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOfThrown } from "@/components/failure/unanswered";
import type { ActionError } from "@/lib/console/action-result";
import type { DeletionPlan, DeletionSelectionInput } from "@/lib/core/deletion/schema";
import { planDeletion } from "../actions";

interface PlanState {
  /** Null until the dry run has answered. */
  readonly plan: DeletionPlan | null;
  readonly error: ActionError | null;
  checkAgain(): void;
}

/** The dry run of a selection: made once, and again only when asked for, so that the list does not move under the eyes. */
export function useDeletionPlan(scope: { app: string; env: string }, selection: DeletionSelectionInput): PlanState {
  const query = useQuery({
    queryKey: ["deletion-plan", scope.app, scope.env, selection],
    queryFn: () => planDeletion(scope, selection),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  });
  const answer = query.isFetching ? undefined : query.data;
  const failed = query.isError
    ? failureOfThrown(query.error, "read")
    : answer !== undefined && !answer.ok
      ? answer.error
      : null;
  return {
    plan: answer?.ok ? answer.data : null,
    error: query.isFetching ? null : failed,
    checkAgain: () => void query.refetch(),
  };
}
