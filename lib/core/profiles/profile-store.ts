import type { Db } from "@/lib/db/database";
import type { UserProfile } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "../users/locked-users-store";
import type { ProfileValues } from "./profile-change";
import type { BasicProfile, HostedProfile } from "./schema";

/**
 * A row whose keys are all cleared is no hosted profile: it is left where it is for its version, which must not go back
 * (docs/decisions/0042-a-cleared-profile-keeps-its-version.md).
 */

export type ProfileRow = Pick<UserProfile, "userId" | "uniqueId" | "basic" | "extended" | "version">;

const COLUMNS = { userId: true, uniqueId: true, basic: true, extended: true, version: true } as const;
const HOSTED = { NOT: { uniqueId: null, basic: { equals: {} }, extended: { equals: {} } } };

/** As `writeProfile` stored it. */
export function toProfile({ userId, uniqueId, basic, extended, version }: ProfileRow): HostedProfile {
  return {
    userId,
    version: Number(version),
    userProfile: { ...(uniqueId === null ? {} : { uniqueId }), ...(basic as BasicProfile) },
    userExtProfile: extended as HostedProfile["userExtProfile"],
  };
}

export interface ProfileOwner {
  readonly userId: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Locks those of these users who are not soft-deleted, in the order that every writer locks in. */
export function lockOwners(tx: Db, environmentId: EnvironmentId, userIds: readonly string[]): Promise<ProfileOwner[]> {
  return lockRegistered(tx, environmentId, userIds);
}

/** What is stored of a locked user, cleared profiles included; null when nothing ever was. */
export async function findStored(tx: Db, environmentId: EnvironmentId, userId: string): Promise<HostedProfile | null> {
  const row = await tx.userProfile.findUnique({
    where: { environmentId_userId: { environmentId, userId } },
    select: COLUMNS,
  });
  return row === null ? null : toProfile(row);
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
  const rows = await db.userProfile.findMany({
    where: { environmentId, userId: { in: [...userIds] }, ...HOSTED },
    select: COLUMNS,
  });
  return rows.map(toProfile);
}

/** Hosted profiles in the order of their users' registration. */
export async function listProfiles(
  db: Db,
  environmentId: EnvironmentId,
  page: { offset: number; limit: number; newestFirst: boolean },
): Promise<HostedProfile[]> {
  const order = page.newestFirst ? "desc" : "asc";
  const rows = await db.userProfile.findMany({
    where: { environmentId, ...HOSTED },
    select: COLUMNS,
    orderBy: [{ registeredAt: order }, { userId: order }],
    skip: page.offset,
    take: page.limit,
  });
  return rows.map(toProfile);
}

/** Clears the hosted profiles of locked users; their versions grow, to `now` (Unix milliseconds) or beyond it. */
export async function clearProfiles(
  tx: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  now: number,
): Promise<void> {
  const of = { environmentId, userId: { in: [...userIds] } };
  const cleared = { uniqueId: null, basic: {}, extended: {} };
  const version = BigInt(now);
  // First those whose clock was ahead: afterwards they are beyond what the second asks for.
  await tx.userProfile.updateMany({
    where: { ...of, version: { gte: version } },
    data: { ...cleared, version: { increment: 1 } },
  });
  await tx.userProfile.updateMany({ where: { ...of, version: { lt: version } }, data: { ...cleared, version } });
}
