import { type Actor, connectionOf, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { lockUsers, userKey } from "../users/locked-users-store";
import { profileDifference } from "./profile-change";
import { clearingProfiles, findProfilesIn } from "./profile-store";
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
  const { userIds } = UserProfilesSchema.parse(input);
  return clear(context, actor, userIds);
}

const clear = executeSideBySide<readonly string[], { userIds: string[] }>({
  keysOf: (userIds) => userIds,
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.flat().map((userId) => ({ environmentId, userId })),
    ),
  async command(run, { context, actor, input: userIds }) {
    const { id: environmentId } = environmentOf(actor);
    const now = context.now();
    // One after the other for PostgreSQL: what is read is what there is under the locks. Soft-deleted users have no profile.
    const [users, profiles] = await Promise.all([
      lockUsers(
        run,
        userIds.map((userId) => ({ environmentId: environmentId, userId })),
      ),
      findProfilesIn(run, environmentId, userIds),
    ]);
    if (profiles.length === 0) return { result: { userIds: [] } };
    const ids = new Set(profiles.map((profile) => profile.userId));
    const cleared = userIds.filter((userId) => ids.has(userId));
    return {
      result: { userIds: cleared },
      writes: [clearingProfiles(environmentId, cleared, now)],
      at: now,
      audit: profiles.map((profile) => ({
        action: "user.profile_cleared",
        target: { kind: "user", id: profile.userId, name: users.get(userKey(environmentId, profile.userId))?.name },
        ...profileDifference(profile, { userProfile: {}, userExtProfile: {} }),
      })),
      events: [
        { type: "profile.changed", environmentId: environmentId, userIds: cleared, connectionId: connectionOf(actor) },
      ],
    };
  },
});
