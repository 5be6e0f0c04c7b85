"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/failure/fetch-json";
import type { Scope } from "@/components/layout/quota-query";
import type { DeliveryCounts } from "@/lib/core/webhooks/delivery-schema";

const POLL_MS = 5_000;

/** `DeliveryCounts` as the page has it, or as JSON: there the date is text. */
export type CountsAnswer = Omit<DeliveryCounts, "pausedUntil"> & { readonly pausedUntil: Date | string | null };

/** JSON of `GET /api/apps/[app]/[env]/webhooks/counts`. Invalidate it after a replay or a changed address. */
export const countsKey = (scope: Scope) => ["webhook-counts", scope.app, scope.env] as const;

const countsQuery = (scope: Scope) => ({
  queryKey: countsKey(scope),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    fetchJson<CountsAnswer>(`/api/apps/${scope.app}/${scope.env}/webhooks/counts`, signal),
});

/** How many deliveries wait, fail and are given up, asked for every five seconds. `readAt`: when `initial` was read. */
export function useDeliveryCounts(scope: Scope, initial: CountsAnswer, readAt: number) {
  return useQuery({
    ...countsQuery(scope),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: POLL_MS,
  });
}

/** How many are given up, from the same answers; 0 until there is one. */
export function useDeadCount(scope: Scope): number {
  return useQuery(countsQuery(scope)).data?.dead ?? 0;
}
