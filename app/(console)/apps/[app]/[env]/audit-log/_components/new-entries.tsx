"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useList } from "@/components/data-table/list";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import type { AuditFilterInput } from "@/lib/core/audit/list-schema";
import type { CappedCount } from "@/lib/core/paging/page-size";

const POLL_MS = 15_000;

interface NewEntriesProps {
  scope: { app: string; env: string };
  filter: AuditFilterInput;
  /** Id of the topmost entry on the screen. */
  after: string;
}

/** Says that entries have come since; the list changes only when the operator asks for it. */
export function NewEntries({ scope, filter, after }: NewEntriesProps) {
  const { refresh, pending } = useList();
  const query = new URLSearchParams({ after });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
  // A preset's beginning moves with the clock; what counts here is only what came after the topmost entry.
  query.delete("from");
  const search = query.toString();
  const { data } = useQuery({
    queryKey: ["audit-newer", scope.app, scope.env, search],
    queryFn: async ({ signal }): Promise<CappedCount> => {
      const response = await fetch(`/api/apps/${scope.app}/${scope.env}/audit/newer?${search}`, { signal });
      if (!response.ok) throw new Error(`The console answered ${response.status}.`);
      return (await response.json()) as CappedCount;
    },
    refetchInterval: POLL_MS,
  });
  const count = data?.count ?? 0;
  const words = `${plural(count, "new entry", "new entries")}${data?.capped ? " or more" : ""}`;
  return (
    <div role="status" className="empty:hidden">
      {count > 0 ? (
        <Button icon={ArrowUp} pending={pending} onClick={refresh}>
          {words}. Show
        </Button>
      ) : null}
    </div>
  );
}
