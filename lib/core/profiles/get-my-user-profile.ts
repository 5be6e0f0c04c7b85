import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findProfiles } from "./profile-store";
import { findVisibility } from "./visibility-store";
import type { VisibleProfile } from "./visible-profile";

/** The connected user's own hosted profile, all of it; without keys when there is none. Throws `user_not_found`. */
export async function getMyUserProfile(context: Context, actor: AppUser): Promise<VisibleProfile> {
  const { environment, userId } = actor;
  const [profile] = await findProfiles(context.db, environment.id, [userId]);
  if (profile !== undefined) return { userId, ...profile.userProfile, extended: profile.userExtProfile };
  if ((await findVisibility(context.db.prisma, environment.id, userId)) === undefined) {
    throw new AppError("user_not_found");
  }
  return { userId, extended: {} };
}
