import { z } from "zod";
import { addAdmins, removeAdmins } from "@/lib/core/groups/change-admins";
import { createGroup } from "@/lib/core/groups/create-group";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import type { GroupRole } from "@/lib/core/groups/facts";
import { addFavorites, listFavorites, removeFavorites } from "@/lib/core/groups/favorites";
import { getNamedMembers } from "@/lib/core/groups/get-group-members";
import { getGroups } from "@/lib/core/groups/get-groups";
import type { Group } from "@/lib/core/groups/group";
import { inviteToGroup } from "@/lib/core/groups/invite-to-group";
import { joinGroup } from "@/lib/core/groups/join-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import type { NamedMember } from "@/lib/core/groups/list-group-members";
import { listGroupMembers } from "@/lib/core/groups/list-group-members";
import { listJoinedGroups } from "@/lib/core/groups/list-joined-groups";
import { removeFromGroup } from "@/lib/core/groups/remove-from-group";
import {
  ChangeFavoritesSchema,
  CreateGroupSchema,
  GroupIdSchema,
  GroupIdsSchema,
  GroupKeySchema,
  type GroupProfile,
  GroupProfileSchema,
  GroupUsersSchema,
  ListGroupMembersSchema,
  ListJoinedGroupsSchema,
  SetGroupMemberSchema,
  TransferGroupSchema,
  UpdateGroupSchema,
} from "@/lib/core/groups/schema";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { transferGroup } from "@/lib/core/groups/transfer-group";
import { updateGroup } from "@/lib/core/groups/update-group";
import { mustBe } from "@/lib/core/input/text";
import { defineMethod } from "../method";

/** Groups as clients call them (client contract section 7); what a client may is said by the group's permissions. */

/** A group as clients are told of it; `role` is the user's own in it, left out where the user is no member or it is not asked for. */
export const wireGroup = (group: Group, role?: GroupRole) => ({
  groupId: group.groupId,
  groupName: group.name,
  portraitUri: group.profile.portraitUrl ?? "",
  introduction: group.profile.introduction ?? "",
  notice: group.profile.announcement ?? "",
  extProfile: group.extended,
  ownerId: group.ownerId,
  memberCount: group.memberCount,
  createTime: group.createdAt.getTime(),
  permissions: group.permissions,
  ...(role === undefined ? {} : { role }),
});

const { introduction, announcement, portraitUrl } = GroupProfileSchema.shape;
/** What a client says of a group, under the names that clients know. */
const groupInfo = {
  portraitUri: portraitUrl,
  introduction,
  notice: announcement,
  extProfile: UpdateGroupSchema.shape.extended,
  permissions: UpdateGroupSchema.shape.permissions,
};

interface GroupInfo {
  readonly portraitUri?: string | undefined;
  readonly introduction?: string | undefined;
  readonly notice?: string | undefined;
}

const profileOf = ({ portraitUri, introduction: about, notice }: GroupInfo): GroupProfile => ({
  ...(portraitUri === undefined ? {} : { portraitUrl: portraitUri }),
  ...(about === undefined ? {} : { introduction: about }),
  ...(notice === undefined ? {} : { announcement: notice }),
});

const create = defineMethod({
  name: "group/create",
  input: z.object({
    groupId: CreateGroupSchema.shape.groupId,
    groupName: CreateGroupSchema.shape.name,
    inviteeUserIds: CreateGroupSchema.shape.userIds,
    ...groupInfo,
  }),
  async run(context, actor, { groupId, groupName, inviteeUserIds, extProfile, permissions, ...info }) {
    const ownerId = actor.userId;
    const { memberCount } = await createGroup(context, actor, {
      groupId,
      name: groupName,
      ownerId,
      userIds: inviteeUserIds,
      profile: profileOf(info),
      extended: extProfile,
      permissions,
    });
    return { memberCount };
  },
});

const updateInfo = defineMethod({
  name: "group/updateInfo",
  input: z.object({ groupId: GroupIdSchema, groupName: UpdateGroupSchema.shape.name, ...groupInfo }),
  async run(context, actor, { groupId, groupName: name, extProfile: extended, permissions, ...info }) {
    await updateGroup(context, actor, { groupId, name, profile: profileOf(info), extended, permissions });
    return {};
  },
});

const info = defineMethod({
  name: "group/info",
  input: z.object({ groupIds: GroupIdsSchema }),
  run: async (context, actor, input) => ({
    groups: (await getGroups(context, actor, input)).map(({ group, role }) => wireGroup(group, role ?? undefined)),
  }),
});

const addAdminsMethod = defineMethod({
  name: "group/addAdmins",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({ changed: await addAdmins(context, actor, input) }),
});

const removeAdminsMethod = defineMethod({
  name: "group/removeAdmins",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({ changed: await removeAdmins(context, actor, input) }),
});

const transfer = defineMethod({
  name: "group/transfer",
  input: z.object({
    groupId: GroupIdSchema,
    newOwnerId: TransferGroupSchema.shape.newOwnerId,
    leave: z.boolean({ error: mustBe("true or false") }).default(false),
  }),
  async run(context, actor, input) {
    await transferGroup(context, actor, input);
    return {};
  },
});

const { favoriteIds } = ChangeFavoritesSchema.shape;
const favoritesInput = z.object({ groupId: GroupIdSchema, userIds: favoriteIds });

const addFavoritesMethod = defineMethod({
  name: "group/addFavorites",
  input: favoritesInput,
  async run(context, actor, { groupId, userIds }) {
    await addFavorites(context, actor, { groupId, userId: actor.userId, favoriteIds: userIds });
    return {};
  },
});

const removeFavoritesMethod = defineMethod({
  name: "group/removeFavorites",
  input: favoritesInput,
  async run(context, actor, { groupId, userIds }) {
    await removeFavorites(context, actor, { groupId, userId: actor.userId, favoriteIds: userIds });
    return {};
  },
});

const favorites = defineMethod({
  name: "group/favorites",
  input: GroupKeySchema,
  async run(context, actor, { groupId }) {
    const found = await listFavorites(context, actor, { groupId, userId: actor.userId });
    return { favorites: found.map(({ userId, favoritedAt }) => ({ userId, time: favoritedAt.getTime() })) };
  },
});

const MEMBER_NOW = 0;
const WAITS_FOR_APPROVAL = 25424;

const invite = defineMethod({
  name: "group/invite",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({ joined: (await inviteToGroup(context, actor, input)).joined }),
});

const join = defineMethod({
  name: "group/join",
  input: GroupKeySchema,
  async run(context, actor, { groupId }) {
    const { joined } = await joinGroup(context, actor, { groupId, userIds: [actor.userId] });
    return { processCode: joined.length > 0 ? MEMBER_NOW : WAITS_FOR_APPROVAL };
  },
});

const leave = defineMethod({
  name: "group/leave",
  input: GroupKeySchema,
  async run(context, actor, { groupId }) {
    await leaveGroup(context, actor, { groupId, userIds: [actor.userId] });
    return {};
  },
});

const kick = defineMethod({
  name: "group/kick",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({ removed: await removeFromGroup(context, actor, input) }),
});

const dismiss = defineMethod({
  name: "group/dismiss",
  input: GroupKeySchema,
  async run(context, actor, input) {
    await dismissGroup(context, actor, input);
    return {};
  },
});

const setMember = defineMethod({
  name: "group/setMember",
  input: SetGroupMemberSchema,
  async run(context, actor, input) {
    await setGroupMember(context, actor, input);
    return {};
  },
});

const wireMember = ({ userId, name, avatarUrl, nickname, role, extra, joinedAt }: NamedMember) => ({
  userId,
  name,
  portraitUri: avatarUrl,
  nickname,
  role,
  extra,
  joinedTime: joinedAt.getTime(),
});

const members = defineMethod({
  name: "group/members",
  input: ListGroupMembersSchema,
  async run(context, actor, input) {
    const { totalCount, pageToken, members: found } = await listGroupMembers(context, actor, input);
    return {
      totalCount,
      ...(pageToken === null ? {} : { pageToken }),
      members: found.map(wireMember),
    };
  },
});

const membersById = defineMethod({
  name: "group/membersById",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({
    members: (await getNamedMembers(context, actor, input)).map(wireMember),
  }),
});

const joined = defineMethod({
  name: "group/joined",
  input: ListJoinedGroupsSchema.omit({ userId: true }),
  async run(context, actor, input) {
    const { pageToken, groups } = await listJoinedGroups(context, actor, { ...input, userId: actor.userId });
    return {
      ...(pageToken === null ? {} : { pageToken }),
      groups: groups.map(({ role, nickname, alias, joinedAt, ...group }) => ({
        ...wireGroup(group, role),
        nickname,
        alias,
        joinedTime: joinedAt.getTime(),
      })),
    };
  },
});

export const GROUP_METHODS = [
  create,
  updateInfo,
  info,
  invite,
  join,
  leave,
  kick,
  dismiss,
  addAdminsMethod,
  removeAdminsMethod,
  transfer,
  setMember,
  members,
  membersById,
  joined,
  addFavoritesMethod,
  removeFavoritesMethod,
  favorites,
];
