import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { CursorCodec } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requirePermission } from "../permissions";
import type { GroupRole } from "./facts";
import type { Group } from "./group";
import { findGroupsAmong, pageGroups } from "./group-store";
import { JoinKeysSchema } from "./list-group-members";
import type { JoinKeys } from "./member-list-store";
import { findMembershipsAmong } from "./member-store";
import { GROUP_CALL_GROUPS_MAX, GroupIdsSchema, type ListGroupsInput, ListGroupsSchema } from "./schema";

/** A group and, for a client, what its user is in it; null: no member. */
export interface GroupForUser {
  readonly group: Group;
  readonly role: GroupRole | null;
}

/**
 * Of these groups those that there are, in the order asked (contract section 17). A client of no member is told what concerns members
 * alone of none: announcement and attributes are left out. Throws `group_too_many_ids`.
 */
export async function getGroups(
  context: Context,
  actor: Actor,
  input: { groupIds: readonly string[] },
): Promise<readonly GroupForUser[]> {
  if (actor.kind !== "app_user") requirePermission(actor, "users.read");
  const groupIds = GroupIdsSchema.parse(input.groupIds);
  if (groupIds.length > GROUP_CALL_GROUPS_MAX) throw new AppError("group_too_many_ids", { field: "groupIds" });
  const { id: environmentId } = environmentOf(actor);
  const groups = await findGroupsAmong(context.db, environmentId, groupIds);
  if (actor.kind !== "app_user") return groups.map((group) => ({ group, role: null }));
  const roles = await findMembershipsAmong(context.db, environmentId, actor.userId, groupIds);
  return groups.map((group) => {
    const role = roles.get(group.groupId) ?? null;
    return { group: role === null ? forStrangers(group) : group, role };
  });
}

function forStrangers(group: Group): Group {
  const { announcement: _, ...profile } = group.profile;
  return { ...group, profile, extended: {} };
}

/** One page of an environment's groups by when they were created, for app servers. Throws `page_token_invalid`. */
export async function pageAllGroups(
  context: Context,
  actor: Actor,
  input: ListGroupsInput,
): Promise<{ readonly pageToken: string | null; readonly groups: readonly Group[] }> {
  requirePermission(actor, "users.read");
  const { pageToken, pageSize, order } = ListGroupsSchema.parse(input);
  const { id: environmentId } = environmentOf(actor);
  const codec = new CursorCodec(`all-groups-${order}`, JoinKeysSchema);
  const place = placeOfToken(codec, pageToken);
  const after = place === null ? null : place.keys;
  const found = await pageGroups(context.db, environmentId, { latestFirst: order === 1, after, limit: pageSize + 1 });
  const page = cutPage(codec, found, pageSize, (group): JoinKeys => [group.createdAt.getTime(), group.groupId]);
  return { pageToken: page.pageToken, groups: page.rows };
}
