import type { Db } from "@/lib/db/database";
import type { Prisma } from "@/lib/db/generated/client";
import { AFTER_ALL } from "@/lib/db/sql";
import { inPrisma } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { findMembers } from "../test-runs/member-store";
import type { UserDataCounts } from "../user-data/schema";
import { eraseUserData, lockForErasure } from "../user-data/user-data-store";
import type { DeletionCandidate, DeletionSelection } from "./schema";

function selected(selection: Exclude<DeletionSelection, { by: "run" }>): Prisma.UserWhereInput {
  switch (selection.by) {
    case "prefix":
      return { userId: { gte: selection.prefix, lt: selection.prefix + AFTER_ALL } };
    case "ids":
      return { userId: { in: selection.userIds } };
    case "created":
      return { createdAt: { lt: selection.before } };
    case "unseen":
      // Who was never seen counts by the registration.
      return {
        createdAt: { lt: selection.since },
        OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: selection.since } }],
      };
  }
}

/** The users of a selection in id order, soft-deleted ones too; at most `limit`. */
export async function findSelectedUsers(
  db: Db,
  environmentId: EnvironmentId,
  selection: DeletionSelection,
  limit: number,
): Promise<DeletionCandidate[]> {
  if (selection.by === "run") {
    const userIds = await findMembers(db, environmentId, selection.run, limit);
    return findSelectedUsers(db, environmentId, { by: "ids", userIds }, limit);
  }
  return db.user.findMany({
    where: { environmentId, ...selected(selection) },
    select: {
      userId: true,
      name: true,
      createdAt: true,
      lastSeenAt: true,
      softDeletedAt: true,
      bannedUntil: true,
    },
    orderBy: { userId: "asc" },
    take: limit,
  });
}

export interface DeletedUser {
  readonly userId: string;
  readonly name: string;
  readonly softDeleted: boolean;
}

/** A group that goes because its owner goes. */
export interface DismissedGroup {
  readonly groupId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly members: number;
}

export interface Deletion {
  /** Those that were there. */
  readonly users: readonly DeletedUser[];
  readonly dismissed: readonly DismissedGroup[];
  /** The memberships that ended: of the users, and of everybody in a dismissed group. */
  readonly memberships: ReadonlyArray<{ readonly groupId: string; readonly userId: string }>;
  /** How much of what was erased of whom. */
  readonly erased: ReadonlyMap<string, UserDataCounts>;
}

/**
 * Deletes users with everything that is stored of them (user-data.ts). With `registeredUntil`, users registered after
 * that moment are left alone. Must run in a transaction that may begin anew (`retrying`).
 */
export async function deleteUsers(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  registeredUntil: Date | null,
): Promise<Deletion> {
  await lockForErasure(inPrisma(tx), environmentId, userIds, "testUser");
  const found = await tx.user.findMany({
    where: {
      environmentId,
      userId: { in: [...userIds] },
      ...(registeredUntil === null ? {} : { createdAt: { lte: registeredUntil } }),
    },
    select: { userId: true, name: true, softDeletedAt: true },
    orderBy: { userId: "asc" },
  });
  const users = found.map(({ userId, name, softDeletedAt }) => ({ userId, name, softDeleted: softDeletedAt !== null }));
  const ids = users.map((user) => user.userId);
  if (ids.length === 0) return { users, dismissed: [], memberships: [], erased: new Map() };
  const owned = await tx.group.findMany({
    where: { environmentId, ownerId: { in: ids } },
    select: { groupId: true, name: true, ownerId: true, memberCount: true },
    orderBy: { groupId: "asc" },
  });
  const dismissed = owned.map(({ memberCount, ...group }) => ({ ...group, members: memberCount }));
  const memberships = await tx.groupMember.findMany({
    where: {
      environmentId,
      OR: [{ userId: { in: ids } }, { groupId: { in: dismissed.map((group) => group.groupId) } }],
    },
    select: { groupId: true, userId: true },
  });
  const erased = await eraseUserData(inPrisma(tx), environmentId, ids, "testUser");
  await tx.user.deleteMany({ where: { environmentId, userId: { in: ids } } });
  return { users, dismissed, memberships, erased };
}

/** Which of these ids are registered. */
export async function findRegistered(db: Db, environmentId: EnvironmentId, userIds: readonly string[]) {
  const rows = await db.user.findMany({
    where: { environmentId, userId: { in: [...userIds] } },
    select: { userId: true },
  });
  return new Set(rows.map((row) => row.userId));
}
