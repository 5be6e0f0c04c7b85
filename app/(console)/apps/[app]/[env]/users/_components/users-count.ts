"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/layout/fetch-json";
import { formatCount } from "@/components/ui/time-format";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { UserFilter } from "@/lib/core/users/list-schema";
import { useUserScope } from "./user-scope";

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
  const { scope } = useUserScope();
  const params = filterParams(filter);
  const { data } = useQuery({
    queryKey: ["users", scope.app, scope.env, "count", params],
    queryFn: ({ signal }) =>
      fetchJson<CappedCount>(`/api/apps/${scope.app}/${scope.env}/users/count?${params}`, signal),
    staleTime: 15_000,
  });
  return data;
}

/** "1,204", or "10,000+" where counting stopped. */
export function countText({ count, capped }: CappedCount): string {
  return formatCount(count) + (capped ? "+" : "");
}

/** The number on a tab; none where nothing is behind it, or where it could not be counted. */
export function tabCount(count: CappedCount | null): string | undefined {
  return count === null || count.count === 0 ? undefined : countText(count);
}
