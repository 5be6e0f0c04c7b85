import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { CursorCodec } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requireOnBehalfOf } from "../permissions";
import type { GroupRole } from "./facts";
import { JoinKeysSchema } from "./list-group-members";
import { findJoinedGroups, type JoinedGroup, type JoinKeys } from "./member-list-store";
import { type ListJoinedGroupsInput, ListJoinedGroupsSchema } from "./schema";

/**
 * One page of the groups a user is in, by when the user joined, with the user's alias for each (contract section 17.8). A
 * client reads those of its own user. Throws `user_not_found`, `page_token_invalid`.
 */
export async function listJoinedGroups(
  context: Context,
  actor: Actor,
  input: ListJoinedGroupsInput,
): Promise<{ readonly pageToken: string | null; readonly groups: readonly JoinedGroup[] }> {
  const { userId, role, pageToken, pageSize, order } = ListJoinedGroupsSchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const { id: environmentId } = environmentOf(actor);
  const codec = new CursorCodec(`joined-groups-${role}-${order}/${userId}`, JoinKeysSchema);
  const place = placeOfToken(codec, pageToken);
  const found = await findJoinedGroups(context.db, environmentId, userId, {
    role: role === 0 ? null : (role as GroupRole),
    latestFirst: order === 1,
    place,
    limit: pageSize + 1,
  });
  if (found === null) throw new AppError("user_not_found", { field: "userId" });
  const page = cutPage(codec, found, pageSize, (group): JoinKeys => [group.joinedAt.getTime(), group.groupId]);
  return { pageToken: page.pageToken, groups: page.rows };
}
