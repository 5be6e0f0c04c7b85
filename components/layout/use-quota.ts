"use client";

import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/components/failure/fetch-json";
import { type QuotaAnswer, quotaKey, type Scope } from "./quota-query";

/** What the header of Development asks for every 30 seconds. */
export const quotaQuery = (scope: Scope) =>
  queryOptions({
    queryKey: quotaKey(scope),
    queryFn: ({ signal }) => fetchJson<QuotaAnswer>(`/api/apps/${scope.app}/${scope.env}/quota`, signal),
  });
