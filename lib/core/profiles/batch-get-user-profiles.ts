import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findProfiles } from "./profile-store";
import { type HostedProfile, type UserProfilesInput, UserProfilesSchema } from "./schema";

/**
 * Hosted profiles whole, whatever their visibility, in the order of the ids. Unknown and soft-deleted users, and those
 * without a hosted profile, are left out (contract section 10.2).
 */
export async function batchGetUserProfiles(
  context: Context,
  actor: Actor,
  input: UserProfilesInput,
): Promise<HostedProfile[]> {
  requirePermission(actor, "users.read");
  const { userIds } = UserProfilesSchema.parse(input);
  const found = await findProfiles(context.db, environmentOf(actor).id, userIds);
  const byUser = new Map(found.map((profile) => [profile.userId, profile]));
  return userIds.flatMap((userId) => byUser.get(userId) ?? []);
}
