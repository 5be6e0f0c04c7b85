"use client";

import { createContext, type RefObject, useContext } from "react";
import { plural } from "@/components/ui/count-text";
import type { ActionResult } from "@/lib/console/action-result";
import type { SeenBan } from "@/lib/core/bans/seen-ban-schema";
import type { Conflict } from "@/lib/core/errors";
import type { UserStatus } from "@/lib/core/users/list-schema";
import type { Failure } from "./bulk/act-on-users";

/** A user that something is done with. Of ticked users on other pages only the id is known. */
export interface TargetUser {
  readonly userId: string;
  readonly status?: UserStatus;
  /** End of the running ban; null = not banned; absent = not known. */
  readonly bannedUntil?: Date | null;
  /** The running ban, where the page shows which. */
  readonly banId?: string;
  /** Muted in direct channels since then; null = not muted; absent = not known, and not offered. */
  readonly directMutedAt?: Date | null;
  /** Ticked, but not among the rows on the screen. */
  readonly unseen?: boolean;
}

/** Whom a sentence is about: the id of the only one, or how many they are. */
export function whoText(userIds: readonly string[]): string {
  const [only] = userIds;
  return userIds.length === 1 && only !== undefined ? only : plural(userIds.length, "user");
}

/** What the page shows of these users' bans, for an act that must not meet others; of a conflict, what it says of the only user. */
export function seenBans(users: readonly TargetUser[], conflict: Conflict | null = null): SeenBan[] {
  if (conflict !== null) return [conflict.current as SeenBan];
  return users.flatMap(({ userId, bannedUntil, banId }) =>
    bannedUntil === undefined ? [] : [{ userId, bannedUntil, ...(banId === undefined ? {} : { banId }) }],
  );
}

/** For the question before an act: how many of them are not on the screen. Nothing when all are. */
export function unseenWords(users: readonly TargetUser[]): string[] {
  const unseen = users.filter((user) => user.unseen).length;
  if (unseen === 0) return [];
  if (users.length === 1) return ["This user isn’t on this page."];
  return [`${plural(unseen, "of them isn’t", "of them aren’t")} on this page.`];
}

/** What became of an act on many users of which some were refused. */
export interface OutcomeReport {
  /** "banned" in "97 banned, 3 not". */
  readonly verb: string;
  readonly done: number;
  readonly failed: readonly Failure[];
  /** What was seen of the effect on those it was done to: "2 connections closed." */
  readonly effect?: string;
  /** Takes back what was done; absent where that cannot be. */
  readonly undo?: () => void;
  /** Tries so many of the refused ones again; its answer tells what came of it. Absent where that would change nothing. */
  readonly retry?: { readonly count: number; readonly run: () => Promise<ActionResult<() => void>> };
}

/** Up to so many ticked users an act is done at once; on more it is a job (docs/decisions/0071-bulk-acts-are-jobs.md). */
export const AT_ONCE = 100;

/** Most users of one call of the Server API: up to so many an act can be copied as such a call. */
export const COPYABLE = 20;

/** What the dialogs of acts on one or several users take. */
export interface UserActionDialogProps {
  users: readonly TargetUser[];
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Some were refused. */
  onReport: (report: OutcomeReport) => void;
  /** The server has changed something, for these users as asked. */
  onChanged: (done?: readonly string[]) => void;
}

/** Opens the dialogs of what can be done with users. `opener` gets the focus back. */
export interface UserActions {
  ban(users: readonly TargetUser[], opener: HTMLElement | null): void;
  unban(users: readonly TargetUser[]): void;
  invalidate(users: readonly TargetUser[], opener: HTMLElement | null): void;
  /** Shows the call of the Server API that soft-deletes: the console itself does not. */
  softDelete(user: TargetUser, opener: HTMLElement | null): void;
  restore(users: readonly TargetUser[], opener: HTMLElement | null): void;
  /** As `unban`, but with a question first: for ticked users, who may be out of sight. */
  askUnban(users: readonly TargetUser[], opener: HTMLElement | null): void;
  deleteTestUser(user: TargetUser, opener: HTMLElement | null): void;
  /** Mutes a user in direct channels, or ends it; the way back is offered afterwards. */
  setMuted(userId: string, muted: boolean): void;
  /** True while an unban without a dialog waits for the server. */
  readonly pending: boolean;
}

export const UserActionsContext = createContext<UserActions | null>(null);

export function useUserActions(): UserActions {
  const value = useContext(UserActionsContext);
  if (value === null) throw new Error("useUserActions() stands inside <UserActionsProvider>");
  return value;
}
