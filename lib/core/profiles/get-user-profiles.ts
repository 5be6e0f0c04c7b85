import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { settingsOf } from "../settings/settings-of";
import { MAX_CLIENT_PROFILES, type UserProfilesInput, UserProfilesSchema } from "./schema";
import { findSeenProfiles } from "./seen-profile-store";
import { type VisibleProfile, visibleTo } from "./visible-profile";

/**
 * Hosted profiles as far as the connected user may see them, in the order of the ids. Unknown and soft-deleted users, and
 * those without a hosted profile, are left out. More than 100 ids: `profile_too_many_ids`.
 */
export async function getUserProfiles(
  context: Context,
  actor: AppUser,
  input: UserProfilesInput,
): Promise<VisibleProfile[]> {
  const { environment, userId: viewerId } = actor;
  const { userIds } = UserProfilesSchema.parse(input);
  if (userIds.length > MAX_CLIENT_PROFILES) throw new AppError("profile_too_many_ids", { field: "userIds" });
  const [{ defaultProfileVisibility }, found] = await Promise.all([
    settingsOf(context, environment.id),
    findSeenProfiles(context.db.prisma, environment.id, viewerId, userIds),
  ]);
  const byUser = new Map(found.map((profile) => [profile.userId, profile]));
  return userIds.flatMap((userId) => {
    const profile = byUser.get(userId);
    return profile === undefined ? [] : visibleTo(viewerId, profile, defaultProfileVisibility);
  });
}
