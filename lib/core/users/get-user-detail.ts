import { type Actor, environmentOf } from "../actor";
import { countEntriesAbout } from "../audit/audit-entry-store";
import { findRunningBanOf } from "../bans/ban-list-store";
import { countBansOfUser } from "../bans/ban-lookup-store";
import { toBanRow } from "../bans/list-bans";
import type { BanRow } from "../bans/list-schema";
import type { Context } from "../context";
import { countGroupsOf } from "../groups/group-list-store";
import { countNotes } from "../notes/note-store";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { countConnectionsOf } from "../presence/connection-store";
import { findSoftDeletion } from "../soft-delete/deleted-user-list-store";
import type { SoftDeletion } from "../soft-delete/list-schema";
import { toSoftDeletion } from "../soft-delete/soft-deletion";
import { findRunsOfUsers } from "../test-runs/member-store";
import { UserKeySchema, type UserRow } from "./list-schema";
import { findUserRow } from "./user-lookup-store";
import { toUserRow } from "./user-row";

export interface UserDetail extends UserRow {
  /** Access tokens issued before this moment are refused; null when none were invalidated. */
  readonly tokensValidFrom: Date | null;
  /** Muted in direct channels since then; null: is not. */
  readonly directMutedAt: Date | null;
  /** How many users this one blocks. */
  readonly blockedCount: number;
  /** The ban that runs now, with who ordered it and why. */
  readonly currentBan: BanRow | null;
  /** When and by whom the user was soft-deleted; null when the user is not. */
  readonly deletion: SoftDeletion | null;
  /** The test run that the user belongs to, in Development; null: none. */
  readonly testRun: string | null;
  readonly groups: CappedCount;
  readonly bans: CappedCount;
  /** Of operators about this user. */
  readonly notes: number;
  /** Audit entries about this user. */
  readonly activity: CappedCount;
}

/** One user of the environment, whatever the state; null when nobody of this id is registered. */
export async function getUserDetail(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<UserDetail | null> {
  requirePermission(actor, "users.read");
  const { id: environmentId, name } = environmentOf(actor);
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const { userId } = parsed.data;
  const now = context.now();
  const db = context.db.prisma;
  const [user, running, groups, bans, activity, connections, notes, runs] = await Promise.all([
    findUserRow(db, environmentId, userId),
    findRunningBanOf(db, environmentId, userId, now),
    countGroupsOf(db, environmentId, userId, COUNT_CAP + 1),
    countBansOfUser(db, environmentId, userId, COUNT_CAP + 1),
    countEntriesAbout(db, environmentId, { kind: "user", id: userId }, COUNT_CAP + 1),
    countConnectionsOf(db, environmentId, [userId]),
    countNotes(db, environmentId, userId),
    name === "development" ? findRunsOfUsers(context.db, environmentId, [userId]) : null,
  ]);
  if (user === null) return null;
  const deletion = user.softDeletedAt === null ? null : await findSoftDeletion(db, environmentId, userId);
  const row = toUserRow(user, now, connections.get(userId) ?? 0);
  return {
    ...row,
    tokensValidFrom: user.tokensValidFrom,
    directMutedAt: user.directMutedAt,
    blockedCount: user.blockedCount,
    currentBan: row.bannedUntil === null || running === null ? null : toBanRow(running, now),
    deletion: deletion === null ? null : toSoftDeletion(context, deletion),
    testRun: runs?.get(userId) ?? null,
    groups: cappedCount(groups),
    bans: cappedCount(bans),
    activity: cappedCount(activity),
    notes,
  };
}
