import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import { isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { EnvironmentId } from "../actor";

/** How far the users from before the search index are in it: a row for each environment that has some left, under a lease. */

const { sql } = Prisma;

/** A build in the hands of one process. */
export interface ClaimedBuild {
  readonly environmentId: EnvironmentId;
  readonly leaseHolder: string;
  /** How many users there were when it began; null: it has not begun. */
  readonly total: number | null;
}

export interface BuildProgress {
  /** Users put into the index so far. */
  readonly done: number;
  /** Of so many; null while they are being counted. */
  readonly total: number | null;
}

/** Environments with a build that nobody holds. */
export async function findEnvironmentsToBuild(db: Db, now: number): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<Array<{ id: EnvironmentId }>>`
    SELECT environment_id AS id FROM user_search_builds AS b WHERE ${isFree(now, sql`b`)} ORDER BY environment_id`;
  return rows.map(({ id }) => id);
}

/** Null when there is nothing left to build, or another process does it. `now` is Unix milliseconds. */
export async function claimBuild(db: Db, environmentId: EnvironmentId, now: number): Promise<ClaimedBuild | null> {
  const rows = await db.$queryRaw<ClaimedBuild[]>`
    WITH free AS (
      SELECT environment_id FROM user_search_builds AS b
      WHERE environment_id = ${environmentId} AND ${isFree(now, sql`b`)} FOR UPDATE SKIP LOCKED
    )
    UPDATE user_search_builds AS b SET lease_holder = ${randomUUID()}, lease_until = ${time(now + LEASE_MS)}
    FROM free WHERE b.environment_id = free.environment_id
    RETURNING b.environment_id AS "environmentId", b.lease_holder AS "leaseHolder", b.total`;
  return rows[0] ?? null;
}

export const leaseOfBuild = ({ environmentId, leaseHolder }: ClaimedBuild): Lease => ({
  table: sql`user_search_builds`,
  row: sql`environment_id = ${environmentId}`,
  holder: leaseHolder,
});

/** Counts the users once, for the progress. */
export async function countUsersToBuild(db: Db, { environmentId }: ClaimedBuild): Promise<void> {
  const total = await db.user.count({ where: { environmentId } });
  await db.userSearchBuild.updateMany({ where: { environmentId, total: null }, data: { total } });
}

/** Has all users of an environment looked at (again) by the services. */
export async function orderBuild(db: Db, environmentId: EnvironmentId): Promise<void> {
  await db.userSearchBuild.upsert({
    where: { environmentId },
    create: { environmentId },
    update: { upTo: "", done: 0, total: null },
  });
}

export async function findBuild(db: Db, environmentId: EnvironmentId): Promise<BuildProgress | null> {
  return db.userSearchBuild.findUnique({ where: { environmentId }, select: { done: true, total: true } });
}

/** The next users in the order of their ids, locked; their names may change neither before nor while they are read. */
export function lockNextUsers(
  tx: Db,
  environmentId: EnvironmentId,
  limit: number,
): Promise<Array<{ userId: string; name: string; searchName: string | null }>> {
  return tx.$queryRaw`
    SELECT user_id AS "userId", name, search_name AS "searchName" FROM users
    WHERE environment_id = ${environmentId}
      AND user_id > (SELECT up_to FROM user_search_builds WHERE environment_id = ${environmentId})
    ORDER BY user_id LIMIT ${limit} FOR NO KEY UPDATE`;
}

export async function advanceBuild(tx: Db, environmentId: EnvironmentId, upTo: string, done: number): Promise<void> {
  await tx.userSearchBuild.update({ where: { environmentId }, data: { upTo, done: { increment: done } } });
}

export async function endBuild(tx: Db, environmentId: EnvironmentId): Promise<void> {
  await tx.userSearchBuild.delete({ where: { environmentId } });
}
