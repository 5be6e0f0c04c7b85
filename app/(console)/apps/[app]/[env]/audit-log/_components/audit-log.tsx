"use client";

import { useMemo } from "react";
import { ListScreen } from "@/components/data-table/list-screen";
import { changeListUrl } from "@/components/data-table/list-url";
import type { FilterOperator } from "@/components/operators/operator-choices";
import { noteChange, useAddressPanel } from "@/components/ui/address-overlay";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import type { SealState } from "@/lib/core/audit/check-log";
import type { AuditFilterInput, AuditRow } from "@/lib/core/audit/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import { auditListOf } from "../audit-list";
import type { AuditQuery } from "../audit-query";
import { SealNote } from "./seal-note";

const EntryPanel = onIntent(() => import("./entry-panel").then((part) => part.EntryPanel));

interface AuditLogProps {
  base: string;
  query: AuditQuery;
  /** The filters as they were read, presets turned into moments. */
  filter: AuditFilterInput;
  page: ActionResult<Page<AuditRow>>;
  /** Where the newest entry was when the page was read; null: that could not be read. */
  newest: string | null;
  operators: readonly FilterOperator[];
  /** The entry that the address names, when it is not in the page; null when there is none such. */
  linkedEntry: AuditRow | null;
  /** Whether this operator may see the installation's own log. */
  mayReadInstallation: boolean;
  /** null: that could not be read. */
  sealed: SealState | null;
}

/** The audit log of an environment or of the installation, with the open entry beside it. */
export function AuditLog(props: AuditLogProps) {
  const { base, query, filter, page, newest, operators, linkedEntry, mayReadInstallation, sealed } = props;
  const list = useMemo(() => auditListOf(operators), [operators]);
  const panel = useAddressPanel("entry");
  const rows = page.ok ? page.data.rows : [];
  const installation = query.scope === "installation";
  return (
    <ListScreen
      list={list}
      query={query}
      page={page}
      newest={newest}
      exportFilter={filter}
      given={{ base, panel }}
      description={
        installation ? "Sign-ins, operators and apps of the whole installation. Entries are never changed." : undefined
      }
      tabs={mayReadInstallation ? undefined : false}
      notes={sealed === null ? null : <SealNote key={query.scope} scope={query.scope} sealed={sealed} />}
    >
      <EntryPanel
        open={panel.id !== null}
        base={base}
        entry={openEntry(panel.id, rows, linkedEntry)}
        filterHref={(change) =>
          `${base}/audit-log${changeListUrl("", { ...change, ...(installation ? { scope: "installation" } : {}) })}`
        }
        onClose={panel.close}
        // The revert is the list's latest entry now.
        onReverted={() => {
          noteChange();
          panel.close();
        }}
        onClosed={panel.focusRow}
      />
    </ListScreen>
  );
}

/** What the panel shows of the entry that the address names: the rows hold all of it. Null: none is named. */
function openEntry(id: string | null, rows: readonly AuditRow[], linked: AuditRow | null): AuditRow | "missing" | null {
  if (id === null) return null;
  return rows.find((row) => row.id === id) ?? (linked?.id === id ? linked : "missing");
}
