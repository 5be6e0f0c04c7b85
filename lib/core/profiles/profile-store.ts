import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { ProfileValues } from "./profile-change";
import type { BasicProfile, HostedProfile } from "./schema";

/**
 * A row whose keys are all cleared is no hosted profile: it is left where it is for its version, which must not go back
 * (docs/decisions/0042-a-cleared-profile-keeps-its-version.md).
 */

interface ProfileRow {
  readonly userId: string;
  readonly uniqueId: string | null;
  /** The basic keys that are set, without `uniqueId`. */
  readonly basic: BasicProfile;
  readonly extended: Readonly<Record<string, string>>;
  readonly version: bigint;
}

const { sql } = Prisma;

const COLUMNS = sql`p.user_id AS "userId", p.unique_id AS "uniqueId", p.basic, p.extended, p.version`;
const HOSTED = sql`NOT (p.unique_id IS NULL AND p.basic = '{}' AND p.extended = '{}')`;

function toProfile({ userId, uniqueId, basic, extended, version }: ProfileRow): HostedProfile {
  return {
    userId,
    version: Number(version),
    userProfile: { ...(uniqueId === null ? {} : { uniqueId }), ...basic },
    userExtProfile: extended,
  };
}

export interface ProfileOwner {
  readonly userId: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Locks those of these users who are not soft-deleted, in the order that every writer locks in. */
export async function lockOwners(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<ProfileOwner[]> {
  return tx.$queryRaw`SELECT user_id AS "userId", name, created_at AS "createdAt" FROM users
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[]) AND soft_deleted_at IS NULL
    ORDER BY user_id FOR NO KEY UPDATE`;
}

/** What is stored of a locked user, cleared profiles included; null when nothing ever was. */
export async function findStored(tx: Db, environmentId: EnvironmentId, userId: string): Promise<HostedProfile | null> {
  const [row] = await tx.$queryRaw<ProfileRow[]>`SELECT ${COLUMNS} FROM user_profiles p
    WHERE p.environment_id = ${environmentId} AND p.user_id = ${userId}`;
  return row === undefined ? null : toProfile(row);
}

/**
 * Until the end of the transaction nobody else takes this `uniqueId`: who asks now whether it is free may rely on the
 * answer. The unique index stands behind it.
 */
export async function holdUniqueId(tx: Db, environmentId: EnvironmentId, uniqueId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${uniqueId}, ${environmentId}::bigint))`;
}

/** Whose `uniqueId` this is; null: free. Soft-deleted users have none. */
export async function findUniqueIdOwner(
  db: Db,
  environmentId: EnvironmentId,
  uniqueId: string,
): Promise<string | null> {
  const owner = await db.userProfile.findUnique({
    where: { environmentId_uniqueId: { environmentId, uniqueId } },
    select: { userId: true },
  });
  return owner?.userId ?? null;
}

export async function writeProfile(
  tx: Db,
  environmentId: EnvironmentId,
  owner: ProfileOwner,
  values: ProfileValues,
  version: number,
): Promise<void> {
  const { uniqueId, ...basic } = values.userProfile;
  const data = {
    uniqueId: uniqueId ?? null,
    basic,
    extended: values.userExtProfile,
    version: BigInt(version),
    registeredAt: owner.createdAt,
  };
  await tx.userProfile.upsert({
    where: { environmentId_userId: { environmentId, userId: owner.userId } },
    create: { environmentId, userId: owner.userId, ...data },
    update: data,
  });
}

/** Hosted profiles of those of these users who have one, in no order. Soft-deleted users have none. */
export async function findProfiles(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<HostedProfile[]> {
  const rows = await db.$queryRaw<ProfileRow[]>`SELECT ${COLUMNS} FROM user_profiles p
    JOIN users u ON u.environment_id = p.environment_id AND u.user_id = p.user_id
    WHERE p.environment_id = ${environmentId} AND p.user_id = ANY(${[...userIds]}::text[])
      AND u.soft_deleted_at IS NULL AND ${HOSTED}`;
  return rows.map(toProfile);
}

/**
 * Hosted profiles in the order of their users' registration. Without a look at `users`, which would cost a deep page
 * dearly: soft delete takes the profile away in its own transaction.
 */
export async function listProfiles(
  db: Db,
  environmentId: EnvironmentId,
  page: { offset: number; limit: number; newestFirst: boolean },
): Promise<HostedProfile[]> {
  const order = page.newestFirst ? sql`p.registered_at DESC, p.user_id DESC` : sql`p.registered_at, p.user_id`;
  const rows = await db.$queryRaw<ProfileRow[]>`SELECT ${COLUMNS} FROM user_profiles p
    WHERE p.environment_id = ${environmentId} AND ${HOSTED}
    ORDER BY ${order} OFFSET ${page.offset} LIMIT ${page.limit}`;
  return rows.map(toProfile);
}

/** Clears the hosted profiles of locked users; their versions grow. `now` is Unix milliseconds. */
export async function clearProfiles(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  now: number,
): Promise<void> {
  await tx.$executeRaw`UPDATE user_profiles
    SET unique_id = NULL, basic = '{}', extended = '{}', version = greatest(version + 1, ${BigInt(now)})
    WHERE environment_id = ${environmentId} AND user_id = ANY(${[...userIds]}::text[])`;
}

export interface SeenProfile extends HostedProfile {
  /** The owner's own choice, as stored. */
  readonly visibility: number | null;
  /** Whether owner and viewer are friends. */
  readonly friend: boolean;
}

/** Hosted profiles as `viewerId` meets them, in no order. Soft-deleted users have none. */
export async function findSeenProfiles(
  db: Db,
  environmentId: EnvironmentId,
  viewerId: string,
  userIds: readonly string[],
): Promise<SeenProfile[]> {
  const rows = await db.$queryRaw<Array<ProfileRow & Pick<SeenProfile, "visibility" | "friend">>>`
    SELECT ${COLUMNS}, u.profile_visibility AS visibility, EXISTS (
      SELECT FROM friendships f
      WHERE f.environment_id = p.environment_id AND f.user_id = ${viewerId} AND f.friend_id = p.user_id
    ) AS friend FROM user_profiles p
    JOIN users u ON u.environment_id = p.environment_id AND u.user_id = p.user_id
    WHERE p.environment_id = ${environmentId} AND p.user_id = ANY(${[...userIds]}::text[])
      AND u.soft_deleted_at IS NULL AND ${HOSTED}`;
  return rows.map(({ visibility, friend, ...row }) => ({ ...toProfile(row), visibility, friend }));
}

/** Everybody with whom this user is friends. */
export async function findFriendIds(db: Db, environmentId: EnvironmentId, userId: string): Promise<string[]> {
  const rows = await db.friendship.findMany({ where: { environmentId, userId }, select: { friendId: true } });
  return rows.map((row) => row.friendId);
}

/** The user's own choice of visibility, as stored; undefined: no such user. */
export async function findVisibility(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
): Promise<number | null | undefined> {
  const user = await db.user.findUnique({
    where: { environmentId_userId: { environmentId, userId } },
    select: { profileVisibility: true, softDeletedAt: true },
  });
  return user === null || user.softDeletedAt !== null ? undefined : user.profileVisibility;
}

/** False when there is no such user. */
export async function writeVisibility(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  visibility: number | null,
): Promise<boolean> {
  const { count } = await db.user.updateMany({
    where: { environmentId, userId, softDeletedAt: null },
    data: { profileVisibility: visibility },
  });
  return count === 1;
}
