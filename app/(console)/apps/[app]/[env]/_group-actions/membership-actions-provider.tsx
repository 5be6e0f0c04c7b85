"use client";

import { type ReactNode, useMemo } from "react";
import { useList } from "@/components/data-table/list";
import { onIntent } from "@/components/ui/on-intent";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import { type Membership, type MembershipActions, MembershipActionsContext } from "./membership-actions";
import { useSwitchRole } from "./use-switch-role";

const NicknameDialog = onIntent(() => import("./nickname-dialog").then((part) => part.NicknameDialog));
const RemoveMemberDialog = onIntent(() => import("./remove-member-dialog").then((part) => part.RemoveMemberDialog));

interface Open {
  readonly dialog: "nickname" | "remove";
  readonly membership: Membership;
}

/** The dialogs and calls about memberships, once for a page; stands inside `<List>`, which is read again after each act. */
export function MembershipActionsProvider({ children }: { children: ReactNode }) {
  const { refresh } = useList();
  const { open, opener, show, close } = useOpenDialog<Open>();
  const switchRole = useSwitchRole(refresh);

  const actions = useMemo<MembershipActions>(
    () => ({
      setNickname: (membership, from) => show({ dialog: "nickname", membership }, from),
      remove: (membership, from) => show({ dialog: "remove", membership }, from),
      switchRole,
    }),
    [show, switchRole],
  );
  return (
    <MembershipActionsContext value={actions}>
      {children}
      {open?.dialog === "nickname" ? (
        <NicknameDialog membership={open.membership} onClose={close} onDone={refresh} returnFocusTo={opener} />
      ) : null}
      {open?.dialog === "remove" ? (
        <RemoveMemberDialog membership={open.membership} onClose={close} onDone={refresh} returnFocusTo={opener} />
      ) : null}
    </MembershipActionsContext>
  );
}
