import { CircleX, ScrollText } from "lucide-react";
import { AuditSentence } from "@/components/audit/audit-sentence";
import { PanelLink } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { type FilterOperator, operatorChoices } from "@/components/operators/operator-choices";
import type { AddressPanel } from "@/components/ui/address-overlay";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/states";
import { LogTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import { ACTION_LABELS, ACTOR_KINDS, actionGroup, sourceWord, TARGET_KINDS } from "./_components/entry-words";
import { TimeFilter } from "./_components/time-filter";
import type { AuditQuery } from "./audit-query";
import { RANGES } from "./ranges";

interface AuditListGiven {
  readonly base: string;
  /** Where an entry opens. */
  readonly panel: AddressPanel;
}

function timeChip({ range, from, to }: AuditQuery): string | null {
  if (range !== undefined && range !== "custom") return `Time: ${RANGES[range].label.toLowerCase()}`;
  if (range === undefined && from === undefined && to === undefined) return null;
  return `Time: ${from ?? "the beginning"} to ${to ?? "now"}`;
}

function targetChip({ targetKind, target }: AuditQuery): string | null {
  if (targetKind === undefined) return null;
  const kind = TARGET_KINDS[targetKind] ?? targetKind;
  return target === undefined ? `Target: any ${kind.toLowerCase()}` : `Target: ${kind} ${target}`;
}

/** The list with a filter by these operators, under their names. */
export function auditListOf(operators: readonly FilterOperator[]): typeof auditList {
  const options = operatorChoices(operators);
  const words = new Set(Object.values(options));
  return {
    ...auditList,
    filters: auditList.filters?.map((filter) =>
      filter.kind === "linked" && filter.name === "actor"
        ? {
            kind: "choice",
            name: "actor",
            label: "Operator",
            any: "Any operator",
            options,
            // A link may name an app server, by its App Key.
            chip: (word) => (words.has(word) ? `Operator: ${word}` : `Actor: ${word}`),
          }
        : filter,
    ),
  };
}

export const auditList: ListDefinition<AuditRow, AuditQuery, AuditListGiven> = {
  defaults: { scope: "environment", size: 25 },
  pageHeading: {
    title: "Audit log",
    description: "Who did what in this environment. Entries are never changed.",
  },
  caption: "Audit log",
  row: ["entry", "entries"],
  what: "the audit log",
  testId: "audit-entry",
  exported: "audit-log",
  kept: "audit-log",
  views: true,
  newer: { list: "audit-log", when: ({ range, to }) => range !== "custom" || to === undefined },
  rowId: (entry) => entry.id,
  tabs: { name: "scope", label: "Log", options: { environment: "This environment", installation: "Installation" } },
  search: { label: "Search the audit log", hint: "Operator, or an exact ID", maxLength: 256 },
  filters: [
    {
      kind: "choice",
      name: "action",
      label: "Action",
      any: "Any action",
      options: ACTION_LABELS,
      groupOf: actionGroup,
    },
    {
      kind: "choice",
      name: "category",
      label: "Category",
      any: "Any category",
      options: { security: "Security events" },
      chip: (word) => word,
    },
    { kind: "linked", name: "actor", label: "Actor" },
    {
      kind: "choice",
      name: "actorKind",
      label: "Actor",
      any: "Any actor",
      options: {
        operator: ACTOR_KINDS.operator.plural,
        app_server: ACTOR_KINDS.app_server.plural,
        system: ACTOR_KINDS.system.plural,
      },
      chip: (word) => `Actors: ${word}`,
    },
    { kind: "linked", name: "user", label: "User" },
    { kind: "own", names: ["targetKind", "target"], chip: targetChip },
    { kind: "linked", name: "request", label: "Request" },
    {
      kind: "choice",
      name: "result",
      label: "Result",
      any: "Any result",
      options: { ok: "Succeeded", refused: "Refused" },
    },
    { kind: "own", names: ["range", "from", "to"], chip: timeChip, Control: TimeFilter },
  ],
  columns: [
    {
      id: "time",
      header: "Time",
      rowHeader: true,
      cell: (entry, { panel }) => (
        <PanelLink panel={panel} id={entry.id}>
          <LogTime date={entry.at} />
          <span className="sr-only">, details of entry {entry.id}</span>
        </PanelLink>
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
      cell: (entry, { base }) => <AuditSentence entry={entry} base={base} />,
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
  ],
  empty: () => (
    <EmptyState icon={ScrollText} title="No entries yet">
      <p>What operators, app servers and jobs do is recorded here.</p>
    </EmptyState>
  ),
};
