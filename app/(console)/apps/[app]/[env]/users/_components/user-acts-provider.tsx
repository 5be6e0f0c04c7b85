"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useMemo, useRef, useState, useTransition } from "react";
import { quotaKey } from "@/components/layout/quota-query";
import { BanDialog } from "./ban-dialog";
import { DeleteTestUserDialog } from "./delete-test-user-dialog";
import { InvalidateDialog } from "./invalidate-dialog";
import { OutcomeDialog } from "./outcome-dialog";
import { RestoreDialog } from "./restore-dialog";
import { SoftDeleteDialog } from "./soft-delete-dialog";
import { useMute } from "./use-mute";
import { useRestore } from "./use-restore";
import { useUnban } from "./use-unban";
import { type OutcomeReport, type UserAct, type UserActs, UserActsContext } from "./user-acts";
import { useUserScope } from "./user-scope";

type Open =
  | { readonly act: "ban" | "invalidate" | "restore"; readonly users: readonly UserAct[] }
  | { readonly act: "delete" | "soft-delete"; readonly userId: string };

interface UserActsProviderProps {
  children: ReactNode;
  /** After a test user was deleted. */
  onDeleted?: () => void;
  /** After a restore: who is not soft-deleted now. */
  onNotDeleted?: (userIds: readonly string[]) => void;
}

/**
 * The dialogs and calls of what can be done with users, once for a page. Rows, menus and the bulk bar below ask for
 * them by `useUserActs()`. After each act the page and the counts are read again.
 */
export function UserActsProvider({ children, onDeleted, onNotDeleted }: UserActsProviderProps) {
  const { scope, environment } = useUserScope();
  const router = useRouter();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [report, setReport] = useState<OutcomeReport | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const [, startTransition] = useTransition();

  const changed = useCallback(() => {
    startTransition(() => router.refresh());
    void queries.invalidateQueries({ queryKey: ["users"] });
  }, [router, queries]);
  const { unban, pending: unbanning } = useUnban(changed, setReport);
  const restored = useCallback(
    (userIds: readonly string[]) => {
      void queries.invalidateQueries({ queryKey: quotaKey(scope) });
      onNotDeleted?.(userIds);
    },
    [queries, scope, onNotDeleted],
  );
  const {
    restore,
    call: callRestore,
    tell: tellRestored,
    pending: restoring,
  } = useRestore({ onChanged: changed, onReport: setReport, onNotDeleted: restored });
  const setMuted = useMute(changed);

  const acts = useMemo<UserActs>(() => {
    const ask = (next: Open, from: HTMLElement | null) => {
      opener.current = from;
      setOpen(next);
    };
    return {
      ban: (users, from) => ask({ act: "ban", users }, from),
      invalidate: (users, from) => ask({ act: "invalidate", users }, from),
      deleteTestUser: ({ userId }, from) => ask({ act: "delete", userId }, from),
      softDelete: ({ userId }, from) => ask({ act: "soft-delete", userId }, from),
      restore: (users, from) => {
        if (environment === "production") ask({ act: "restore", users }, from);
        else void restore(users);
      },
      unban: (users) => void unban(users),
      setMuted,
      pending: unbanning || restoring,
    };
  }, [unban, setMuted, unbanning, restore, restoring, environment]);

  const close = () => setOpen(null);
  const dialog = (users: readonly UserAct[], again: UserActs["ban"]) => ({
    users,
    returnFocusTo: opener,
    onClose: close,
    onChanged: changed,
    onReport: (told: OutcomeReport) => {
      const refused = told.failed.filter((failure) => failure.error);
      setReport(refused.length === 0 ? told : { ...told, retry: () => again(refused, opener.current) });
    },
  });

  return (
    <UserActsContext value={acts}>
      {children}
      {open?.act === "ban" ? <BanDialog {...dialog(open.users, acts.ban)} onUndo={acts.unban} /> : null}
      {open?.act === "invalidate" ? <InvalidateDialog {...dialog(open.users, acts.invalidate)} /> : null}
      {open?.act === "restore" ? (
        <RestoreDialog
          users={open.users}
          returnFocusTo={opener}
          onClose={close}
          call={callRestore}
          onDone={tellRestored}
        />
      ) : null}
      {open?.act === "soft-delete" ? (
        <SoftDeleteDialog userId={open.userId} returnFocusTo={opener} onClose={close} />
      ) : null}
      {open?.act === "delete" ? (
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
    </UserActsContext>
  );
}
