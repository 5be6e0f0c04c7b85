import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findFriendIds } from "../friends/friend-lookup-store";
import { settingsOf } from "../settings/settings-of";
import { findProfiles } from "./profile-store";
import { visibilityOf } from "./schema";
import { findVisibility } from "./visibility-store";
import { type VisibleProfile, visibleTo } from "./visible-profile";

/**
 * Whom to tell of a changed profile, and what all of them may see of it; null where the settings say that friends are
 * not told. For the gateway, which tells those of them who are connected. A cleared profile has no keys.
 */
export async function profileForFriends(
  context: Context,
  environmentId: EnvironmentId,
  userId: string,
): Promise<{ friendIds: string[]; profile: VisibleProfile } | null> {
  const { profileUpdatesToFriends, defaultProfileVisibility } = await settingsOf(context, environmentId);
  if (!profileUpdatesToFriends) return null;
  const db = context.db.prisma;
  const friendIds = await findFriendIds(db, environmentId, userId);
  const [first] = friendIds;
  if (first === undefined) return null;
  const [[profile], visibility] = await Promise.all([
    findProfiles(context.db, environmentId, [userId]),
    findVisibility(db, environmentId, userId),
  ]);
  const seen = { userId, userProfile: {}, userExtProfile: {}, version: 0, ...profile };
  const stored = visibility ?? null;
  return {
    friendIds,
    profile: visibleTo(
      first,
      { ...seen, visibility: stored, friend: true },
      visibilityOf(stored) ?? defaultProfileVisibility,
    ),
  };
}
