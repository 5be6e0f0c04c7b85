"use client";

import { useQuery } from "@tanstack/react-query";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { fetchJson } from "@/components/layout/fetch-json";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { UserFilter } from "@/lib/core/users/list-schema";

/** The filter part of the list's address. */
export function filterParams(filter: UserFilter): string {
  const params = new URLSearchParams();
  if (filter.q) params.set("q", filter.q);
  if (filter.status !== "all") params.set("status", filter.status);
  if (filter.presence !== "any") params.set("presence", filter.presence);
  if (filter.from) params.set("from", filter.from);
  if (filter.to) params.set("to", filter.to);
  return params.toString();
}

/** How many users the filter leaves, counted beside the page so that the rows do not wait for it. */
export function useUsersCount(filter: UserFilter): CappedCount | undefined {
  const { scope } = useEnvironmentScope();
  const params = filterParams(filter);
  const { data } = useQuery({
    queryKey: ["users", scope.app, scope.env, "count", params],
    queryFn: ({ signal }) =>
      fetchJson<CappedCount>(`/api/apps/${scope.app}/${scope.env}/users/count?${params}`, signal),
    staleTime: 15_000,
  });
  return data;
}
