"use client";

import { RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import { BulkButtons } from "@/components/data-table/bulk-buttons";
import type { Ticked } from "@/components/data-table/list-definition";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import type { BulkAct } from "@/lib/core/bulk/schema";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import { JOB_KINDS, jobKindFacts } from "@/lib/core/jobs/facts";
import { AT_ONCE, type TargetUser, type UserActions, useUserActions } from "../user-actions";
import { BULK_WORDS } from "./bulk-acts";
import { BulkJobDialog } from "./bulk-job-dialog";

type Kind = BulkAct["kind"];

/** What is done at once with a few ticked users, with the question, toast and Undo of a single one. The others are jobs always. */
const AT_ONCE_ACTS: Partial<
  Record<Kind, (actions: UserActions, users: readonly TargetUser[], opener: HTMLElement) => void>
> = {
  ban: (actions, users, opener) => actions.ban(users, opener),
  unban: (actions, users, opener) => actions.askUnban(users, opener),
  invalidate_tokens: (actions, users, opener) => actions.invalidate(users, opener),
  restore: (actions, users, opener) => actions.restore(users, opener),
};

export interface BulkUserActionsProps {
  ticked: Ticked<TargetUser>;
  offered: readonly Kind[];
}

/**
 * Buttons for what can be done with all ticked users. Each asks first, and its question says how many are out of sight. On up
 * to 100 it is done at once; on more, or on everything that matches, it is a job (docs/decisions/0071-bulk-acts-are-jobs.md).
 */
export function BulkActsBar({ ticked, offered }: BulkUserActionsProps) {
  const { whyNot, environment } = useEnvironmentScope();
  const actions = useUserActions();
  const job = useOpenDialog<{ kind: Kind; selection: BulkSelectionInput }>();
  // What other pages showed of the users ticked there; an act that was asked about may have changed it.
  const [shown] = useState(() => new Map<string, TargetUser>());
  useEffect(() => {
    for (const [userId, row] of ticked.rows) shown.set(userId, row);
  }, [ticked.rows, shown]);
  const users = () =>
    ticked.ids.map((userId) => ticked.rows.get(userId) ?? { ...shown.get(userId), userId, unseen: true });

  const there = offered.filter((kind) => environment === "development" || !jobKindFacts(kind)?.developmentOnly);
  const whys = new Set(there.map((kind) => whyNot(JOB_KINDS[kind].permission)).filter((why) => why !== null));
  const ask = (kind: Kind, opener: HTMLElement) => {
    const atOnce = ticked.everything === null && ticked.ids.length <= AT_ONCE ? AT_ONCE_ACTS[kind] : undefined;
    if (atOnce === undefined) {
      const selection = ticked.everything ?? { by: "ids", userIds: ticked.ids };
      job.show({ kind, selection }, opener);
      return;
    }
    atOnce(actions, users(), opener);
    shown.clear();
  };
  return (
    <>
      <BulkButtons
        ticked={ticked}
        acts={there.map((kind) => ({
          key: kind,
          label: BULK_WORDS[kind].label,
          icon: kind === "restore" ? RotateCcw : undefined,
          danger: BULK_WORDS[kind].tone === "danger" && kind !== "invalidate_tokens",
          whyNot: whyNot(JOB_KINDS[kind].permission),
          onClick: (opener) => ask(kind, opener),
        }))}
      />
      {[...whys].map((why) => (
        <p key={why} className="text-ink-muted text-xs">
          {why}
        </p>
      ))}
      {job.open ? (
        <BulkJobDialog
          {...job.open}
          unseen={ticked.everything === null ? ticked.ids.length - ticked.rows.size : 0}
          onClose={job.close}
          onStarted={ticked.clear}
          returnFocusTo={job.opener}
        />
      ) : null}
    </>
  );
}
