import type { AppUser } from "../actor";
import type { Context } from "../context";
import type { SetUserProfileInput } from "./schema";
import { setUserProfile } from "./set-user-profile";

/**
 * Changes the connected user's own hosted profile by the rules of `setUserProfile`. `uniqueId` belongs to the app's
 * server: `profile_key_not_settable`.
 */
export function updateMyUserProfile(
  context: Context,
  actor: AppUser,
  input: Omit<SetUserProfileInput, "userId">,
): Promise<void> {
  return setUserProfile(context, actor, { ...input, userId: actor.userId });
}
