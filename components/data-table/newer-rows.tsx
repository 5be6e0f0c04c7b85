"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import type { NewerList } from "@/lib/core/newer/schema";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { useList } from "./list";

const POLL_MS = 20_000;

interface NewerRowsProps {
  list: NewerList;
  /** "user", "users" */
  row: readonly [one: string, many: string];
  /** Where the newest row was when the list was read. */
  after: string;
  /** What the list shows, as its address or its export says it. */
  filter: string;
}

/**
 * "3 new users. Show": says that rows have come since the list was read, and the list changes only when the operator asks. Counted
 * while the tab is looked at; `live=off` in the address leaves it out, for screenshots that stay the same.
 */
export function NewerRows({ list, row: [one, many], after, filter }: NewerRowsProps) {
  const { scope } = useEnvironmentScope();
  const { refresh, pending } = useList();
  const off = useSearchParams().get("live") === "off";
  const { data } = useQuery({
    queryKey: ["newer", scope.app, scope.env, list, after, filter],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams(filter);
      query.set("after", after);
      return fetchJson<CappedCount>(`/api/apps/${scope.app}/${scope.env}/newer/${list}?${query}`, signal);
    },
    enabled: !off,
    refetchInterval: POLL_MS,
    // Whoever comes back to the tab need not wait for the next time.
    refetchOnWindowFocus: "always",
  });
  const count = off ? 0 : (data?.count ?? 0);
  return (
    <div role="status" className="empty:hidden">
      {count > 0 ? (
        <Button icon={ArrowUp} pending={pending} onClick={refresh}>
          {data?.capped ? `${count - 1}+` : count} new {count === 1 ? one : many}. Show
        </Button>
      ) : null}
    </div>
  );
}
