"use client";

import { createContext, useContext } from "react";
import type { GroupRole } from "@/lib/core/groups/permission-schema";

/** One user in one group: what the screens change. */
export interface Membership {
  readonly groupId: string;
  readonly userId: string;
  readonly role: GroupRole;
  readonly nickname: string;
}

/** Opens the dialogs of what can be done with a membership. `opener` gets the focus back. */
export interface MembershipActs {
  setNickname(membership: Membership, opener: HTMLElement | null): void;
  remove(membership: Membership, opener: HTMLElement | null): void;
  /** Admin becomes member, member becomes admin; the other way back is offered afterwards. */
  switchRole(membership: Membership): void;
}

export const MembershipActsContext = createContext<MembershipActs | null>(null);

export function useMembershipActs(): MembershipActs {
  const acts = useContext(MembershipActsContext);
  if (acts === null) throw new Error("useMembershipActs() stands inside <MembershipActsProvider>");
  return acts;
}
