"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import type { ActionError } from "@/lib/console/action-result";
import { BanDialog } from "./ban/ban-dialog";
import { ChangeBanDialog } from "./ban/change-ban-dialog";
import { useUnban } from "./ban/use-unban";
import { useUndoBans } from "./ban/use-undo-bans";
import { OutcomeDialog } from "./bulk/outcome-dialog";
import { DeleteTestUserDialog } from "./delete/delete-test-user-dialog";
import { SoftDeleteDialog } from "./delete/soft-delete-dialog";
import { QUESTIONS, QuestionDialog } from "./question-dialog";
import { useRestore } from "./restore/use-restore";
import { InvalidateDialog } from "./tokens/invalidate-dialog";
import { useLeavers } from "./use-leavers";
import { useMute } from "./use-mute";
import type { OutcomeReport, TargetUser, UserActions } from "./user-actions";

type Open =
  | { readonly dialog: "ban" | "invalidate" | "restore"; readonly users: readonly TargetUser[] }
  | { readonly dialog: "unban"; readonly users: readonly TargetUser[]; readonly refused?: ActionError }
  | { readonly dialog: "change-ban" | "delete" | "soft-delete"; readonly userId: string };

export interface UserActsProps {
  /** After any act. */
  onChanged?: () => void;
  /** After a test user was deleted. */
  onDeleted?: () => void;
  /** After a restore: who is not soft-deleted now. */
  onNotDeleted?: (userIds: readonly string[]) => void;
  /** Takes what can be done, each time that changes. */
  onReady: (actions: UserActions) => void;
}

/** The dialogs and calls of what can be done with users, which `UserActionsProvider` loads. After each act the page and the counts are read again. */
export function UserActs({ onChanged, onDeleted, onNotDeleted, onReady }: UserActsProps) {
  const { scope } = useEnvironmentScope();
  const queries = useQueryClient();
  const { open, opener, show, close } = useOpenDialog<Open>();
  const [report, setReport] = useState<OutcomeReport | null>(null);

  const readAgain = useLeavers();
  const changed = useCallback(
    (done: readonly string[] = []) => {
      readAgain(done);
      void queries.invalidateQueries({ queryKey: ["users"] });
      onChanged?.();
    },
    [readAgain, queries, onChanged],
  );
  const undo = useUndoBans(changed, setReport);
  const {
    unban,
    call: callUnban,
    tell: tellUnbanned,
    pending: unbanning,
  } = useUnban({
    onChanged: changed,
    onReport: setReport,
    onConflict: useCallback((users, refused) => show({ dialog: "unban", users, refused }, null), [show]),
    undo,
  });
  const restored = useCallback(
    (userIds: readonly string[]) => {
      void queries.invalidateQueries({ queryKey: quotaKey(scope) });
      onNotDeleted?.(userIds);
    },
    [queries, scope, onNotDeleted],
  );
  const { call: callRestore, tell: tellRestored } = useRestore({
    onChanged: changed,
    onReport: setReport,
    onNotDeleted: restored,
  });
  const setMuted = useMute(changed);

  const actions = useMemo<UserActions>(() => {
    return {
      ban: (users, from) => {
        const [only] = users;
        const change = users.length === 1 && only?.bannedUntil;
        show(change ? { dialog: "change-ban", userId: only.userId } : { dialog: "ban", users }, from);
      },
      invalidate: (users, from) => show({ dialog: "invalidate", users }, from),
      deleteTestUser: ({ userId }, from) => show({ dialog: "delete", userId }, from),
      softDelete: ({ userId }, from) => show({ dialog: "soft-delete", userId }, from),
      restore: (users, from) => show({ dialog: "restore", users }, from),
      unban: (users) => void unban(users),
      askUnban: (users, from) => show({ dialog: "unban", users }, from),
      setMuted,
      pending: unbanning,
    };
  }, [unban, setMuted, unbanning, show]);

  useEffect(() => onReady(actions), [actions, onReady]);

  const dialog = (users: readonly TargetUser[]) => ({
    users,
    returnFocusTo: opener,
    onClose: close,
    onChanged: changed,
    onReport: setReport,
  });

  return (
    <>
      {open?.dialog === "ban" ? <BanDialog {...dialog(open.users)} undo={undo} /> : null}
      {open?.dialog === "change-ban" ? (
        <ChangeBanDialog userId={open.userId} returnFocusTo={opener} onClose={close} onChanged={changed} undo={undo} />
      ) : null}
      {open?.dialog === "unban" ? (
        <QuestionDialog
          question={QUESTIONS.unban}
          users={open.users}
          returnFocusTo={opener}
          onClose={close}
          onConfirm={(conflict) => callUnban(open.users, conflict)}
          onDone={(outcome) => tellUnbanned(open.users, outcome)}
          onKept={() => changed()}
          refused={open.refused}
        />
      ) : null}
      {open?.dialog === "invalidate" ? <InvalidateDialog {...dialog(open.users)} /> : null}
      {open?.dialog === "restore" ? (
        <QuestionDialog
          question={QUESTIONS.restore}
          users={open.users}
          returnFocusTo={opener}
          onClose={close}
          onConfirm={() => callRestore(open.users)}
          onDone={tellRestored}
        />
      ) : null}
      {open?.dialog === "soft-delete" ? (
        <SoftDeleteDialog userId={open.userId} returnFocusTo={opener} onClose={close} />
      ) : null}
      {open?.dialog === "delete" ? (
        <DeleteTestUserDialog
          userId={open.userId}
          returnFocusTo={opener}
          onClose={close}
          onDone={() => {
            if (onDeleted) onDeleted();
            else changed();
            void queries.invalidateQueries({ queryKey: quotaKey(scope) });
          }}
        />
      ) : null}
      {report ? <OutcomeDialog report={report} onClose={() => setReport(null)} returnFocusTo={opener} /> : null}
    </>
  );
}
