import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type UserFilterInput, UserFilterSchema } from "./list-schema";
import { findListedUserIds } from "./listed-users-store";
import { prepareSearch } from "./prepare-search";
import { userCondition } from "./user-condition";

/** So many are named, and an act on them is done at once; more are a job's, which chooses them itself. */
export const MATCHING_IDS_MAX = 100;

/**
 * The ids behind "Select all that match": whom `listUsers` would show over all its pages, soft-deleted users left
 * out since nothing can be done to them in bulk. At most 100; `capped` says that there are more.
 */
export async function listMatchingUserIds(
  context: Context,
  actor: Actor,
  input: UserFilterInput,
): Promise<{ userIds: string[]; capped: boolean }> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const filter = UserFilterSchema.parse(input);
  const condition = await userCondition(context, environment, filter);
  const db = context.db.prisma;
  const search = filter.q === "" ? null : await prepareSearch(db, environment.id, filter.q, condition);
  const userIds = await findListedUserIds(db, environment.id, search, condition, MATCHING_IDS_MAX + 1);
  return { userIds: userIds.slice(0, MATCHING_IDS_MAX), capped: userIds.length > MATCHING_IDS_MAX };
}
