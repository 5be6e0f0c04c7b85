"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { failureOfThrown } from "@/components/failure/unanswered";
import type { ActionError, ActionResult } from "@/lib/console/action-result";

interface AskedOnce<T> {
  /** Null until it has answered, or while there is nothing to ask. */
  readonly answer: T | null;
  readonly error: ActionError | null;
  /** It has not answered yet; the answer that stands may be to what was asked before. */
  readonly asking: boolean;
  again(): void;
}

/**
 * What a server action says before an act, such as a dry run: asked once for `key`, and again only when that is wanted, so
 * that the numbers do not move under the eyes. `ask` null: what is asked for is not complete yet. With `keepsLast` the answer
 * before stands until there is a new one.
 */
export function useAskedOnce<T>(
  key: readonly unknown[],
  ask: (() => Promise<ActionResult<T>>) | null,
  { keepsLast = false }: { keepsLast?: boolean } = {},
): AskedOnce<T> {
  const query = useQuery({
    queryKey: key,
    queryFn: () => ask?.() ?? null,
    enabled: ask !== null,
    placeholderData: keepsLast ? keepPreviousData : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  });
  const data = (query.isFetching && !keepsLast) || ask === null ? null : query.data;
  const failed = query.isError ? failureOfThrown(query.error, "read") : data && !data.ok ? data.error : null;
  return {
    answer: data?.ok ? data.data : null,
    error: query.isFetching ? null : failed,
    asking: query.isFetching,
    again: () => void query.refetch(),
  };
}
