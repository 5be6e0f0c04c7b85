import { History } from "lucide-react";
import type { z } from "zod";
import { AuditSentence } from "@/components/audit/audit-sentence";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { Badge } from "@/components/ui/badge";
import { Id } from "@/components/ui/id";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { AuditRow, UserActivityQuerySchema } from "@/lib/core/audit/list-schema";

export type ActivityQuery = Omit<z.output<typeof UserActivityQuerySchema>, "userId">;

const SOURCES: Record<string, string> = {
  server_api: "Server API",
  console_api: "Token",
  console: "Console",
  cli: "Command line",
  job: "Job",
  setup: "Set-up",
};

/** Audit entries about one user, latest first. Given: the environment's `base`. */
export const activityList: ListDefinition<AuditRow, ActivityQuery, { readonly base: string }> = {
  defaults: { size: 25 },
  caption: "Activity",
  row: ["entry", "entries"],
  what: "the activity",
  testId: "activity-row",
  rowId: (entry) => entry.id,
  columns: [
    {
      id: "what",
      header: "What happened",
      rowHeader: true,
      className: "min-w-64",
      cell: (entry, { base }) => (
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
      cell: (entry) => <RelativeTime real date={entry.at} />,
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
      className: "text-ink-muted",
      cell: (entry) => (
        <Id value={entry.requestId} copyLabel={`Copy request ID ${entry.requestId}`} className="max-w-44" />
      ),
    },
  ],
  empty: () => (
    <EmptyState icon={History} title="No activity yet">
      <p>Bans and other changes appear here, with who made them.</p>
    </EmptyState>
  ),
};
