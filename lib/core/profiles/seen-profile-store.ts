import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import { type ProfileRow, toProfile } from "./profile-store";
import type { HostedProfile } from "./schema";

export interface SeenProfile extends HostedProfile {
  /** The owner's own choice, as stored. */
  readonly visibility: number | null;
  /** Whether owner and viewer are friends. */
  readonly friend: boolean;
}

/**
 * Hosted profiles as `viewerId` meets them, in no order. Soft-deleted users have none. One statement, so that nobody sees
 * what was written while the owner was hidden from them.
 */
export async function findSeenProfiles(
  db: Db,
  environmentId: EnvironmentId,
  viewerId: string,
  userIds: readonly string[],
): Promise<SeenProfile[]> {
  const rows = await db.$queryRaw<Array<ProfileRow & Pick<SeenProfile, "visibility" | "friend">>>`
    SELECT p.user_id AS "userId", p.unique_id AS "uniqueId", p.basic, p.extended, p.version,
      u.profile_visibility AS visibility, EXISTS (
        SELECT FROM friendships f
        WHERE f.environment_id = p.environment_id AND f.user_id = ${viewerId} AND f.friend_id = p.user_id
      ) AS friend
    FROM user_profiles p CROSS JOIN LATERAL (
      SELECT profile_visibility, soft_deleted_at FROM users WHERE environment_id = p.environment_id AND user_id = p.user_id LIMIT 1
    ) u
    WHERE p.environment_id = ${environmentId} AND p.user_id = ANY(${[...userIds]}::text[]) AND u.soft_deleted_at IS NULL
      AND NOT (p.unique_id IS NULL AND p.basic = '{}' AND p.extended = '{}')`;
  return rows.map(({ visibility, friend, ...row }) => ({ ...toProfile(row), visibility, friend }));
}
