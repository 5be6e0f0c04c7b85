import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { ProfileValues } from "./profile-change";
import type { BasicProfile, HostedProfile } from "./schema";

/**
 * A row whose keys are all cleared is no hosted profile: it is left where it is for its version, which must not go back
 * (docs/decisions/0042-a-cleared-profile-keeps-its-version.md). As SQL, since app servers ask by the thousand: models took
 * twice the processor time.
 */

export interface ProfileRow {
  readonly userId: string;
  readonly uniqueId: string | null;
  /** The basic keys that are set, without `uniqueId`. */
  readonly basic: BasicProfile;
  readonly extended: HostedProfile["userExtProfile"];
  readonly version: bigint | string;
}

const COLUMNS = `p.user_id AS "userId", p.unique_id AS "uniqueId", p.basic, p.extended, p.version`;
const HOSTED = `NOT (p.unique_id IS NULL AND p.basic = '{}' AND p.extended = '{}')`;

export function toProfile({ userId, uniqueId, basic, extended, version }: ProfileRow): HostedProfile {
  return {
    userId,
    version: Number(version),
    userProfile: { ...(uniqueId === null ? {} : { uniqueId }), ...basic },
    userExtProfile: extended,
  };
}

const FIND_STORED = {
  name: "profiles-find-stored",
  text: `SELECT ${COLUMNS} FROM user_profiles p WHERE p.environment_id = $1::int AND p.user_id = $2::text`,
};

/** What is stored of a locked user, cleared profiles included; null when nothing ever was. */
export async function findStored(
  run: Run,
  environmentId: EnvironmentId,
  userId: string,
): Promise<HostedProfile | null> {
  const [row] = await run<ProfileRow>(FIND_STORED, [environmentId, userId]);
  return row === undefined ? null : toProfile(row);
}

const WRITE = {
  name: "profiles-write",
  text: `INSERT INTO user_profiles (environment_id, user_id, unique_id, basic, extended, version, registered_at)
    SELECT environment_id, user_id, $3::text, $4::jsonb, $5::jsonb, $6::bigint, created_at FROM users
    WHERE environment_id = $1::int AND user_id = $2::text
    ON CONFLICT (environment_id, user_id) DO UPDATE SET unique_id = excluded.unique_id, basic = excluded.basic,
      extended = excluded.extended, version = excluded.version`,
};

/** Stores all of a locked user's hosted profile. */
export function profileWrite(
  environmentId: EnvironmentId,
  userId: string,
  values: ProfileValues,
  version: number,
): Write {
  const { uniqueId, ...basic } = values.userProfile;
  const stored = [JSON.stringify(basic), JSON.stringify(values.userExtProfile)];
  return write(WRITE, [environmentId, userId, uniqueId ?? null, ...stored, version]);
}

const FIND = {
  name: "profiles-find",
  text: `SELECT ${COLUMNS} FROM user_profiles p
    WHERE p.environment_id = $1::int AND p.user_id = ANY($2::text[]) AND ${HOSTED}`,
};

/** Hosted profiles of those of these users who have one, in no order. Soft-deleted users have none. */
export function findProfiles(
  db: Database,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<HostedProfile[]> {
  return findProfilesIn(onPool(db.pool), environmentId, userIds);
}

/** The same within a transaction. */
export async function findProfilesIn(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<HostedProfile[]> {
  return (await run<ProfileRow>(FIND, [environmentId, userIds])).map(toProfile);
}

/** A place in the list of hosted profiles. */
export interface ProfilePlace {
  readonly userId: string;
  readonly registeredAt: Date;
}

/** A hosted profile with its place. */
export interface ListedProfile extends ProfilePlace {
  readonly profile: HostedProfile;
}

const listed = (name: string, beyond: "<" | ">", direction: "ASC" | "DESC") => ({
  name,
  text: `SELECT ${COLUMNS}, p.registered_at AS "registeredAt" FROM user_profiles p
    WHERE p.environment_id = $1::int AND (p.registered_at, p.user_id) ${beyond} ($2::timestamptz, $3::text) AND ${HOSTED}
    ORDER BY p.registered_at ${direction}, p.user_id ${direction} OFFSET $4::bigint LIMIT $5::bigint`,
});
const LISTED = {
  upwards: listed("profiles-upwards", ">", "ASC"),
  downwards: listed("profiles-downwards", "<", "DESC"),
};

/** Hosted profiles in the order of their users' registration: those after a place, without the first `skip` of them. */
export async function listProfiles(
  db: Database,
  environmentId: EnvironmentId,
  after: ProfilePlace | null,
  { skip, limit, newestFirst }: { readonly skip: number; readonly limit: number; readonly newestFirst: boolean },
): Promise<ListedProfile[]> {
  const start = newestFirst ? "infinity" : "-infinity";
  const place = after === null ? [start, ""] : [after.registeredAt.toISOString(), after.userId];
  const rows = await onPool(db.pool)<ProfileRow & { registeredAt: Date }>(
    newestFirst ? LISTED.downwards : LISTED.upwards,
    [environmentId, ...place, skip, limit],
  );
  return rows.map(({ registeredAt, ...row }) => ({ profile: toProfile(row), userId: row.userId, registeredAt }));
}

const CLEAR = {
  name: "profiles-clear",
  text: `UPDATE user_profiles SET unique_id = NULL, basic = '{}', extended = '{}', version = greatest(version + 1, $3::bigint)
    WHERE environment_id = $1::int AND user_id = ANY($2::text[])`,
};

/** Clears the hosted profiles of locked users; their versions grow, to `now` (Unix milliseconds) or beyond it. */
export function clearingProfiles(environmentId: EnvironmentId, userIds: readonly string[], now: number): Write {
  return write(CLEAR, [environmentId, userIds, now]);
}
