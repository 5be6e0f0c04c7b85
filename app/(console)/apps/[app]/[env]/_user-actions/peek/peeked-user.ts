import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { BanRow } from "@/lib/core/bans/list-schema";
import type { SoftDeletion } from "@/lib/core/soft-delete/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import type { PeekedUser } from "@/lib/core/users/peek-user";

/** A value as JSON brings it: its times are text. */
type Sent<T> = T extends Date ? string : T extends object ? { readonly [K in keyof T]: Sent<T[K]> } : T;

/** `PeekedUser` as JSON. */
export type PeekAnswer = Sent<PeekedUser>;

const dateOrNull = (text: string | null) => (text === null ? null : new Date(text));

function banOf(ban: Sent<BanRow>): BanRow {
  return {
    ...ban,
    startsAt: new Date(ban.startsAt),
    endsAt: new Date(ban.endsAt),
    lifted: ban.lifted === null ? null : { ...ban.lifted, at: new Date(ban.lifted.at) },
  };
}

function deletionOf(deletion: Sent<SoftDeletion>): SoftDeletion {
  return { ...deletion, at: new Date(deletion.at), restorableFrom: new Date(deletion.restorableFrom) };
}

function userOf(user: Sent<UserDetail>): UserDetail {
  return {
    ...user,
    createdAt: new Date(user.createdAt),
    lastSeenAt: dateOrNull(user.lastSeenAt),
    bannedUntil: dateOrNull(user.bannedUntil),
    softDeletedAt: dateOrNull(user.softDeletedAt),
    tokensValidFrom: dateOrNull(user.tokensValidFrom),
    directMutedAt: dateOrNull(user.directMutedAt),
    currentBan: user.currentBan === null ? null : banOf(user.currentBan),
    deletion: user.deletion === null ? null : deletionOf(user.deletion),
  };
}

/** With its times as dates again. */
export function peekedUserOf({ user, activity }: PeekAnswer): PeekedUser {
  return {
    user: userOf(user),
    activity: activity.map(
      (entry): AuditRow => ({ ...entry, at: new Date(entry.at), environmentAt: dateOrNull(entry.environmentAt) }),
    ),
  };
}
