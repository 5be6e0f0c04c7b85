import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { erasable, type UserDataCounts, userDataText } from "@/lib/core/user-data/schema";
import type { Erasure } from "@/lib/core/user-data/user-data";

/** For the question before a user's data go: what goes. Nothing until it is known, where nothing is stored, or nobody is asked about. */
export function useStoredData(userId: string | null, how: Erasure): string[] {
  const { scope } = useEnvironmentScope();
  const { data, isFetching } = useQuery({
    queryKey: ["users", scope.app, scope.env, "data", userId],
    queryFn: ({ signal }) =>
      fetchJson<UserDataCounts>(
        `/api/apps/${scope.app}/${scope.env}/users/${encodeURIComponent(userId ?? "")}/data`,
        signal,
      ),
    enabled: userId !== null,
    retry: false,
  });
  if (data === undefined || isFetching) return [];
  const text = userDataText(erasable(data, how));
  return text === "" ? [] : [`This removes ${text}.`];
}
