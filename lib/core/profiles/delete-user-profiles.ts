import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { profileDifference } from "./profile-change";
import { clearProfiles, findProfiles, lockOwners } from "./profile-store";
import { type UserProfilesInput, UserProfilesSchema } from "./schema";

/**
 * Clears hosted profiles, basic and extended keys; account, tokens and friends stay. Users without one, and unknown
 * users, are skipped; gives those who had one (contract section 10.4).
 */
export async function deleteUserProfiles(
  context: Context,
  actor: Actor,
  input: UserProfilesInput,
): Promise<{ userIds: string[] }> {
  requirePermission(actor, "profiles.change");
  const environment = environmentOf(actor);
  const { userIds } = UserProfilesSchema.parse(input);
  return executeWithPrisma(context, actor, async (tx) => {
    const owners = await lockOwners(tx, environment.id, userIds);
    const names = new Map(owners.map((owner) => [owner.userId, owner.name]));
    const profiles = await findProfiles(tx, environment.id, [...names.keys()]);
    if (profiles.length === 0) return { result: { userIds: [] } };
    const ids = new Set(profiles.map((profile) => profile.userId));
    await clearProfiles(tx, environment.id, [...ids], context.now());
    const cleared = userIds.filter((userId) => ids.has(userId));
    return {
      result: { userIds: cleared },
      audit: profiles.map((profile) => ({
        action: "user.profile_cleared",
        target: { kind: "user", id: profile.userId, name: names.get(profile.userId) },
        ...profileDifference(profile, { userProfile: {}, userExtProfile: {} }),
      })),
      events: [{ type: "profile.changed", environmentId: environment.id, userIds: cleared }],
    };
  });
}
