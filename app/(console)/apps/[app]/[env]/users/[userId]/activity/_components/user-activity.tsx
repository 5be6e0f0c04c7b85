"use client";

import { History } from "lucide-react";
import { AuditSentence } from "@/components/audit/audit-sentence";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Badge } from "@/components/ui/badge";
import { plural } from "@/components/ui/count-text";
import { Id } from "@/components/ui/id";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { Page } from "@/lib/core/paging/page-size";

const SOURCES: Record<string, string> = {
  server_api: "Server API",
  console: "Console",
  cli: "Command line",
  job: "Job",
  setup: "Set-up",
};

function columns(base: string): ReadonlyArray<Column<AuditRow>> {
  return [
    {
      id: "what",
      header: "What happened",
      rowHeader: true,
      className: "min-w-64",
      cell: (entry) => (
        <span className="flex items-center gap-2">
          <AuditSentence entry={entry} base={base} />
          {entry.result === "ok" ? null : <Badge tone="warn">{entry.result}</Badge>}
        </span>
      ),
    },
    {
      id: "when",
      header: "When",
      className: "min-w-32 text-ink-muted",
      cell: (entry) => <RelativeTime date={entry.at} />,
    },
    {
      id: "source",
      header: "Source",
      className: "min-w-28 text-ink-muted",
      cell: (entry) => SOURCES[entry.source] ?? entry.source,
    },
    {
      id: "request",
      header: "Request",
      className: "max-w-56 text-ink-muted",
      cell: (entry) => <Id value={entry.requestId} copyLabel={`Copy request ID ${entry.requestId}`} />,
    },
  ];
}

interface UserActivityProps {
  page: ActionResult<Page<AuditRow>>;
  size: number;
}

/** Audit entries about one user, latest first. */
export function UserActivity(props: UserActivityProps) {
  return (
    <List>
      <Entries {...props} />
    </List>
  );
}

function Entries({ page, size }: UserActivityProps) {
  const { base } = useEnvironmentScope();
  const { refresh } = useList();
  const rows = page.ok ? page.data.rows : [];
  return (
    <DataTable
      caption="Activity"
      columns={columns(base)}
      rows={rows}
      rowId={(entry) => entry.id}
      testIdPrefix="activity-row"
      state={!page.ok ? "error" : rows.length > 0 ? "ready" : "empty"}
      footer={
        page.ok && rows.length > 0 ? (
          <Pager previous={page.data.previous} next={page.data.next} size={size}>
            {plural(rows.length, "entry", "entries")} on this page
          </Pager>
        ) : null
      }
    >
      {!page.ok ? (
        <ErrorState
          title="Could not load the activity"
          cause={page.error.message}
          code={page.error.code}
          requestId={page.error.requestId}
          onRetry={refresh}
        />
      ) : rows.length === 0 ? (
        <EmptyState icon={History} title="Nothing was done with this user yet">
          <p>Bans, changes and invalidated tokens appear here, with who did them.</p>
        </EmptyState>
      ) : null}
    </DataTable>
  );
}
