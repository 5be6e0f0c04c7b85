import { retryingTransaction } from "@/lib/db/retry";
import { type Actor, environmentOf, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { publishAfterCommit } from "../publish";
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
  const cleared = await retryingTransaction(context.db, async (tx) => {
    const owners = await lockOwners(tx, environment.id, userIds);
    const names = new Map(owners.map((owner) => [owner.userId, owner.name]));
    const profiles = await findProfiles(tx, environment.id, [...names.keys()]);
    if (profiles.length === 0) return new Set<string>();
    const now = context.now();
    const ids = profiles.map((profile) => profile.userId);
    await clearProfiles(tx, environment.id, ids, now);
    if (actor.kind === "operator" || actor.kind === "system") {
      await writeAudit(
        tx,
        environment.id,
        actor,
        now,
        profiles.map((profile) => ({
          action: "user.profile_cleared",
          target: { kind: "user", id: profile.userId, name: names.get(profile.userId) },
          ...profileDifference(profile, { userProfile: {}, userExtProfile: {} }),
        })),
      );
    }
    return new Set(ids);
  });
  const inOrder = userIds.filter((userId) => cleared.has(userId));
  if (inOrder.length > 0) {
    await publishAfterCommit(context, { type: "profile.changed", environmentId: environment.id, userIds: inOrder });
  }
  return { userIds: inOrder };
}
