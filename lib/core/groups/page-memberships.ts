import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { JoinKeysSchema } from "./list-group-members";
import {
  type MemberListQueryInput,
  MemberListQuerySchema,
  type MemberRow,
  roleOfFilter,
  type UserGroupRow,
  type UserGroupsQueryInput,
  UserGroupsQuerySchema,
} from "./list-schema";
import { findJoinedGroups, findMembers, type JoinedGroup, type JoinKeys, type NamedMember } from "./member-list-store";

/** The console's pages of memberships: cursors both ways, and one that cannot be read means the first page. */

/** Members of a group by when they joined. A group that is not there has none. */
export async function pageGroupMembers(
  context: Context,
  actor: Actor,
  input: MemberListQueryInput & { groupId: string },
): Promise<Page<MemberRow>> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { role, sort, size, cursor } = MemberListQuerySchema.parse(input);
  return readPage({
    size,
    cursor,
    codec: new CursorCodec(`members-${role}-${sort}`, JoinKeysSchema),
    keysOf: (member: NamedMember): JoinKeys => [member.joinedAt.getTime(), member.userId],
    read: async (place, limit) => {
      const window = { role: roleOfFilter(role), latestFirst: sort === "-joined", place, limit };
      return (await findMembers(context.db, environmentId, input.groupId, window))?.members ?? [];
    },
  });
}

/** Groups of a user by when the user joined them. An unknown user is in none. */
export async function pageGroupsOfUser(
  context: Context,
  actor: Actor,
  input: UserGroupsQueryInput & { userId: string },
): Promise<Page<UserGroupRow>> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { role, sort, size, cursor } = UserGroupsQuerySchema.parse(input);
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec(`groups-of-user-${role}-${sort}`, JoinKeysSchema),
    keysOf: (group: JoinedGroup): JoinKeys => [group.joinedAt.getTime(), group.groupId],
    read: async (place, limit) => {
      const window = { role: roleOfFilter(role), latestFirst: sort === "-joined", place, limit };
      return (await findJoinedGroups(context.db, environmentId, input.userId, window)) ?? [];
    },
  });
  return {
    ...page,
    rows: page.rows.map(({ groupId, name, role, nickname, alias, joinedAt }) => ({
      groupId,
      name,
      role,
      nickname,
      alias,
      joinedAt,
    })),
  };
}
