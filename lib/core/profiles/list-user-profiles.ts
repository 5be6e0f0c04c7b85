import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { listProfiles } from "./profile-store";
import { type HostedProfile, type ListUserProfilesInput, ListUserProfilesSchema } from "./schema";

/** One page of the users who have a hosted profile, by time of registration (contract section 10.3). */
export async function listUserProfiles(
  context: Context,
  actor: Actor,
  input: ListUserProfilesInput,
): Promise<HostedProfile[]> {
  requirePermission(actor, "users.read");
  const { page, pageSize, order } = ListUserProfilesSchema.parse(input);
  return listProfiles(context.db.prisma, environmentOf(actor).id, {
    offset: (page - 1) * pageSize,
    limit: pageSize,
    newestFirst: order === 1,
  });
}
