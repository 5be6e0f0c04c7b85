"use client";

import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useList } from "@/components/data-table/list";
import { type Membership, type MembershipActions, MembershipActionsContext } from "./membership-actions";
import { NicknameDialog } from "./nickname-dialog";
import { RemoveMemberDialog } from "./remove-member-dialog";
import { useSwitchRole } from "./use-switch-role";

interface Open {
  readonly act: "nickname" | "remove";
  readonly membership: Membership;
}

/** The dialogs and calls about memberships, once for a page; stands inside `<List>`, which is read again after each act. */
export function MembershipActionsProvider({ children }: { children: ReactNode }) {
  const { refresh } = useList();
  const [open, setOpen] = useState<Open | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const switchRole = useSwitchRole(refresh);

  const ask = useCallback((next: Open, from: HTMLElement | null) => {
    opener.current = from;
    setOpen(next);
  }, []);
  const actions = useMemo<MembershipActions>(
    () => ({
      setNickname: (membership, from) => ask({ act: "nickname", membership }, from),
      remove: (membership, from) => ask({ act: "remove", membership }, from),
      switchRole,
    }),
    [ask, switchRole],
  );
  const close = () => setOpen(null);
  return (
    <MembershipActionsContext value={actions}>
      {children}
      {open?.act === "nickname" ? (
        <NicknameDialog membership={open.membership} onClose={close} onDone={refresh} returnFocusTo={opener} />
      ) : null}
      {open?.act === "remove" ? (
        <RemoveMemberDialog membership={open.membership} onClose={close} onDone={refresh} returnFocusTo={opener} />
      ) : null}
    </MembershipActionsContext>
  );
}
