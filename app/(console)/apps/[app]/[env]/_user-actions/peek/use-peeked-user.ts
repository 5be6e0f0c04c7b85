"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { type PeekAnswer, peekedUserOf } from "./peeked-user";

/** How a user stands now: for the panel beside a list, and for questions before an act. Null: nobody is asked about. */
export function usePeekedUser(userId: string | null) {
  const { scope } = useEnvironmentScope();
  return useQuery({
    queryKey: ["users", scope.app, scope.env, "peek", userId],
    queryFn: async ({ signal }) =>
      peekedUserOf(
        await fetchJson<PeekAnswer>(
          `/api/apps/${scope.app}/${scope.env}/users/${encodeURIComponent(userId ?? "")}/peek`,
          signal,
        ),
      ),
    enabled: userId !== null,
    retry: false,
  });
}
