import type { UserRow, UserStatus } from "./list-schema";

interface StatefulUser {
  readonly bannedUntil: Date | null;
  readonly softDeletedAt: Date | null;
}

/** `now` is Unix milliseconds. */
export function userStatus(user: StatefulUser, now: number): UserStatus {
  if (user.softDeletedAt !== null) return "deleted";
  return user.bannedUntil !== null && user.bannedUntil.getTime() > now ? "banned" : "active";
}

/** What a list shows of a stored user; a ban that has passed is none. */
export function toUserRow(user: Omit<UserRow, "status" | "connections">, now: number, connections: number): UserRow {
  const running = user.bannedUntil !== null && user.bannedUntil.getTime() > now;
  return {
    userId: user.userId,
    name: user.name,
    avatarUrl: user.avatarUrl,
    createdAt: user.createdAt,
    lastSeenAt: user.lastSeenAt,
    bannedUntil: running ? user.bannedUntil : null,
    softDeletedAt: user.softDeletedAt,
    status: userStatus(user, now),
    connections,
    friendCount: user.friendCount,
  };
}
