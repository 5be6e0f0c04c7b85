import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type GetUserTagsInput, GetUserTagsSchema, type TaggedUser } from "./schema";
import { findTags } from "./tag-store";

/** The users' tags, in the order of the ids. Unknown and soft-deleted users are left out (contract section 11). */
export async function batchGetUserTags(context: Context, actor: Actor, input: GetUserTagsInput): Promise<TaggedUser[]> {
  requirePermission(actor, "users.read");
  const { userIds } = GetUserTagsSchema.parse(input);
  const found = await findTags(context.db, environmentOf(actor).id, userIds);
  const byUser = new Map(found.map((user) => [user.userId, user]));
  return userIds.flatMap((userId) => byUser.get(userId) ?? []);
}
