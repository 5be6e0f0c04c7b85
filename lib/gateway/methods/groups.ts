import { z } from "zod";
import { createGroup } from "@/lib/core/groups/create-group";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { inviteToGroup } from "@/lib/core/groups/invite-to-group";
import { joinGroup } from "@/lib/core/groups/join-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { listGroupMembers } from "@/lib/core/groups/list-group-members";
import { listJoinedGroups } from "@/lib/core/groups/list-joined-groups";
import { removeFromGroup } from "@/lib/core/groups/remove-from-group";
import {
  CreateGroupSchema,
  GroupKeySchema,
  GroupUsersSchema,
  ListGroupMembersSchema,
  ListJoinedGroupsSchema,
  SetGroupMemberSchema,
} from "@/lib/core/groups/schema";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { defineMethod } from "../method";

/** Groups as clients call them (client contract section 7); what a client may is said by the group's permissions. */

const create = defineMethod({
  name: "group/create",
  input: z.object({
    groupId: CreateGroupSchema.shape.groupId,
    groupName: CreateGroupSchema.shape.name,
    inviteeUserIds: CreateGroupSchema.shape.userIds,
  }),
  async run(context, actor, { groupId, groupName, inviteeUserIds }) {
    const ownerId = actor.userId;
    const { memberCount } = await createGroup(context, actor, {
      groupId,
      name: groupName,
      ownerId,
      userIds: inviteeUserIds,
    });
    return { memberCount };
  },
});

const invite = defineMethod({
  name: "group/invite",
  input: GroupUsersSchema,
  run: async (context, actor, input) => ({ joined: (await inviteToGroup(context, actor, input)).joined }),
});

const join = defineMethod({
  name: "group/join",
  input: GroupKeySchema,
  async run(context, actor, { groupId }) {
    await joinGroup(context, actor, { groupId, userIds: [actor.userId] });
    return {};
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

const members = defineMethod({
  name: "group/members",
  input: ListGroupMembersSchema,
  async run(context, actor, input) {
    const { totalCount, pageToken, members: found } = await listGroupMembers(context, actor, input);
    return {
      totalCount,
      ...(pageToken === null ? {} : { pageToken }),
      members: found.map(({ userId, name, nickname, role, extra, joinedAt }) => ({
        userId,
        name,
        nickname,
        role,
        extra,
        joinedTime: joinedAt.getTime(),
      })),
    };
  },
});

const joined = defineMethod({
  name: "group/joined",
  input: ListJoinedGroupsSchema.omit({ userId: true }),
  async run(context, actor, input) {
    const { pageToken, groups } = await listJoinedGroups(context, actor, { ...input, userId: actor.userId });
    return {
      ...(pageToken === null ? {} : { pageToken }),
      groups: groups.map(({ groupId, name, role, nickname, alias, memberCount, joinedAt }) => ({
        groupId,
        groupName: name,
        role,
        nickname,
        alias,
        memberCount,
        joinedTime: joinedAt.getTime(),
      })),
    };
  },
});

export const GROUP_METHODS = [create, invite, join, leave, kick, dismiss, setMember, members, joined];
