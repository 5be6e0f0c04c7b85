"use client";

import { createContext, useContext } from "react";
import type { GroupRole } from "@/lib/core/groups/facts";

/** One user in one group: what the screens change. */
export interface Membership {
  readonly groupId: string;
  readonly userId: string;
  readonly role: GroupRole;
  readonly nickname: string;
}

/** Opens the dialogs of what can be done with a membership. `opener` gets the focus back. */
export interface MembershipActions {
  setNickname(membership: Membership, opener: HTMLElement | null): void;
  remove(membership: Membership, opener: HTMLElement | null): void;
  /** Admin becomes member, member becomes admin; the other way back is offered afterwards. */
  switchRole(membership: Membership): void;
}

export const MembershipActionsContext = createContext<MembershipActions | null>(null);

export function useMembershipActions(): MembershipActions {
  const actions = useContext(MembershipActionsContext);
  if (actions === null) throw new Error("useMembershipActions() stands inside <MembershipActionsProvider>");
  return actions;
}
