import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { readNumberedPage } from "../paging/numbered-pages";
import { requirePermission } from "../permissions";
import { type ListedProfile, listProfiles, type ProfilePlace } from "./profile-store";
import { type HostedProfile, type ListUserProfilesInput, ListUserProfilesSchema } from "./schema";

/** One page of the users who have a hosted profile, by time of registration (contract section 10.3). */
export async function listUserProfiles(
  context: Context,
  actor: Actor,
  input: ListUserProfilesInput,
): Promise<HostedProfile[]> {
  requirePermission(actor, "users.read");
  const { page, pageSize, order } = ListUserProfilesSchema.parse(input);
  const { id } = environmentOf(actor);
  const newestFirst = order === 1;
  const listed = await readNumberedPage(context.db, {
    offset: (page - 1) * pageSize,
    limit: pageSize,
    list: `profiles ${order} ${id}`,
    keysOf: ({ userId, registeredAt }: ListedProfile): ProfilePlace => ({ userId, registeredAt }),
    read: (after, skip, limit) => listProfiles(context.db, id, after, { skip, limit, newestFirst }),
  });
  return listed.map(({ profile }) => profile);
}
