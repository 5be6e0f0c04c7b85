"use client";

import { CircleX, RotateCw, ScrollText } from "lucide-react";
import { AuditSentence } from "@/components/audit/audit-sentence";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { type FilterChip, FilterChips } from "@/components/data-table/filter-chips";
import { List, useList } from "@/components/data-table/list";
import { changeListUrl } from "@/components/data-table/list-url";
import { Pager } from "@/components/data-table/pager";
import { useAddressPanel } from "@/components/ui/address-overlay";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { PageHeader } from "@/components/ui/page-header";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tab-links";
import type { ActionResult } from "@/lib/console/action-result";
import type { AuditFilterInput, AuditRow } from "@/lib/core/audit/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { type AuditParams, isFiltered, RANGES } from "../search-params";
import { EntryPanel } from "./entry-panel";
import { EntryTime } from "./entry-time";
import { ACTOR_KINDS, actionLabel, sourceWord, TARGET_KINDS } from "./entry-words";
import { NewEntries } from "./new-entries";
import { Toolbar } from "./toolbar";

export interface AuditLogProps {
  scope: { app: string; env: string };
  base: string;
  params: AuditParams;
  /** The filters as they were read, presets turned into moments. */
  filter: AuditFilterInput;
  page: ActionResult<Page<AuditRow>>;
  /** The entry that the address names, when it is not in the page; null when there is none such. */
  linkedEntry: AuditRow | null;
  /** Whether this operator may see the installation's own log. */
  mayReadInstallation: boolean;
}

export function AuditLog(props: AuditLogProps) {
  return (
    <List>
      <Entries {...props} />
    </List>
  );
}

function Entries({ scope, base, params, filter, page, linkedEntry, mayReadInstallation }: AuditLogProps) {
  const { go, refresh, pending } = useList();
  const panel = useAddressPanel("entry");
  const rows = page.ok ? page.data.rows : [];
  const filtered = isFiltered(filter);
  const chips = chipsOf(params);
  const latest = rows[0];
  const utc = params.tz === "utc";

  const columns: ReadonlyArray<Column<AuditRow>> = [
    {
      id: "time",
      header: utc ? "Time (UTC)" : "Time",
      rowHeader: true,
      cell: (entry) => (
        <a
          href={panel.href(entry.id)}
          data-row-link
          className="rounded-sm hover:underline"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            panel.open(entry.id);
          }}
        >
          <EntryTime at={entry.at} utc={utc} />
          <span className="sr-only">, details of entry {entry.id}</span>
        </a>
      ),
    },
    {
      id: "actor",
      header: "Actor",
      cell: ({ actor }) => {
        const { label, icon: Icon } = ACTOR_KINDS[actor.kind];
        return (
          <span className="flex items-center gap-1.5" title={actor.id}>
            <Icon aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            <span className="max-w-40 truncate">{actor.name}</span>
            {actor.name === label ? null : <span className="text-ink-faint text-xs">{label}</span>}
          </span>
        );
      },
    },
    {
      id: "event",
      header: "Event",
      className: "min-w-64 max-w-md w-full whitespace-normal py-1.5",
      cell: (entry) => <AuditSentence entry={entry} base={base} />,
    },
    {
      id: "target",
      header: "Target",
      cell: ({ target }) => (
        <span className="flex items-baseline gap-1.5" title={target.name || undefined}>
          <span className="text-ink-faint text-xs">{TARGET_KINDS[target.kind] ?? target.kind}</span>
          <code className="max-w-40 truncate text-[0.92em]">{target.id}</code>
        </span>
      ),
    },
    {
      id: "result",
      header: "Result",
      cell: ({ result }) =>
        result === "ok" ? (
          <span className="text-ink-muted">Succeeded</span>
        ) : (
          <Badge tone="warn" icon={CircleX}>
            {result}
          </Badge>
        ),
    },
    {
      id: "source",
      header: "Source",
      cell: ({ source, ip }) => (
        <span title={ip || undefined} className="text-ink-muted">
          {sourceWord(source)}
        </span>
      ),
    },
  ];

  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        title="Audit log"
        description={
          params.scope === "installation"
            ? "Sign-ins, operators and apps of the whole installation. Entries are never changed or removed."
            : "What was done in this environment, by whom, and what it changed. Entries are never changed or removed."
        }
        actions={
          <>
            {latest !== undefined && params.cursor === undefined && filter.to === undefined ? (
              <NewEntries scope={scope} filter={filter} after={latest.id} />
            ) : null}
            <Button icon={RotateCw} pending={pending} onClick={refresh}>
              Refresh
            </Button>
          </>
        }
      />
      {mayReadInstallation ? (
        <TabLinks
          label="Log"
          tabs={[
            { href: `${base}/audit-log`, label: "This environment", current: params.scope === "environment" },
            {
              href: `${base}/audit-log?scope=installation`,
              label: "Installation",
              current: params.scope === "installation",
            },
          ]}
        />
      ) : null}
      <Toolbar params={params} />
      <FilterChips chips={chips} />
      <DataTable
        caption="Audit log"
        columns={columns}
        rows={rows}
        rowId={(entry) => entry.id}
        testIdPrefix="audit-entry"
        state={!page.ok ? "error" : rows.length > 0 ? "ready" : filtered ? "no-match" : "empty"}
        footer={
          page.ok && (rows.length > 0 || page.data.previous !== null) ? (
            <Pager previous={page.data.previous} next={page.data.next} size={params.size}>
              <span role="status">{plural(rows.length, "entry", "entries")} on this page</span>
            </Pager>
          ) : null
        }
      >
        {!page.ok ? (
          <ErrorState
            title="Could not load the audit log"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : rows.length > 0 ? null : filtered ? (
          <NoMatchState
            title={params.q === undefined ? "No entries match the filters" : `No entries match “${params.q}”`}
            onClearSearch={params.q === undefined ? undefined : () => go({ q: null })}
            onClearFilters={
              chips.every((chip) => "q" in chip.remove)
                ? undefined
                : () => go(Object.assign({}, ...chips.map((chip) => chip.remove), { q: params.q ?? null }))
            }
          />
        ) : (
          <EmptyState icon={ScrollText} title="Nothing has been recorded yet">
            <p>What operators and jobs do stands here, with who did it, when, and what it changed.</p>
          </EmptyState>
        )}
      </DataTable>
      <EntryPanel
        base={base}
        entry={openEntry(panel.id, rows, linkedEntry)}
        filterHref={(change) =>
          `${base}/audit-log${changeListUrl("", { ...change, ...(params.scope === "installation" ? { scope: "installation" } : {}) })}`
        }
        onClose={panel.close}
        onClosed={panel.focusRow}
      />
    </div>
  );
}

/** What the panel shows of the entry that the address names: the rows hold all of it. Null: none is named. */
function openEntry(id: string | null, rows: readonly AuditRow[], linked: AuditRow | null): AuditRow | "missing" | null {
  if (id === null) return null;
  return rows.find((row) => row.id === id) ?? (linked?.id === id ? linked : "missing");
}

function chipsOf(params: AuditParams): FilterChip[] {
  const { q, action, actor, actorKind, user, targetKind, target, request, result, range } = params;
  const chips: FilterChip[] = [];
  if (q !== undefined) chips.push({ text: `Search: ${q}`, remove: { q: null } });
  if (action !== undefined) chips.push({ text: `Action: ${actionLabel(action)}`, remove: { action: null } });
  if (actor !== undefined) chips.push({ text: `Actor: ${actor}`, remove: { actor: null } });
  if (actorKind !== undefined) {
    chips.push({ text: `Actors: ${ACTOR_KINDS[actorKind].plural}`, remove: { actorKind: null } });
  }
  if (user !== undefined) chips.push({ text: `User: ${user}`, remove: { user: null } });
  if (targetKind !== undefined) {
    const kind = TARGET_KINDS[targetKind] ?? targetKind;
    const text = target === undefined ? `Target: any ${kind.toLowerCase()}` : `Target: ${kind} ${target}`;
    chips.push({ text, remove: { targetKind: null, target: null } });
  }
  if (request !== undefined) chips.push({ text: `Request: ${request}`, remove: { request: null } });
  if (result !== undefined) {
    const word = result === "ok" ? "Succeeded" : result === "refused" ? "Refused" : result;
    chips.push({ text: `Result: ${word}`, remove: { result: null } });
  }
  if (range !== undefined || params.from !== undefined || params.to !== undefined) {
    const text =
      range === undefined || range === "custom"
        ? `Time: ${params.from ?? "the beginning"} to ${params.to ?? "now"}`
        : `Time: ${RANGES[range].label.toLowerCase()}`;
    chips.push({ text, remove: { range: null, from: null, to: null } });
  }
  return chips;
}
