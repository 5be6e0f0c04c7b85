import { z } from "zod";
import type { StoredMember } from "@/lib/core/groups/get-group-members";
import type { Group } from "@/lib/core/groups/group";
import { choiceUpTo, GroupPermissionsSchema } from "@/lib/core/groups/permission-schema";
import {
  EXT_PAIRS_MAX,
  GROUP_CALL_USERS_MAX,
  GroupExtProfileSchema,
  GroupIdSchema,
  GroupProfileSchema,
  ListGroupMembersSchema,
} from "@/lib/core/groups/schema";
import { mustBe } from "@/lib/core/input/text";
import { UserIdSchema } from "@/lib/core/users/schema";
import { textFromNumber, wireMs, wireNumber, wireText, wireUserId, wireUserIds } from "../../wire-schema";

/** What the endpoints of groups have in common: the wire calls a group a channel (contract section 17). */

export const wireChannelId = wireText(GroupIdSchema);
export const oneUserId = wireText(UserIdSchema);
export const groupUserIds = wireUserIds(GROUP_CALL_USERS_MAX);

const { role, pageToken, pageSize, order } = ListGroupMembersSchema.shape;
export const groupPaging = {
  pageToken: wireText(pageToken),
  pageSize: wireNumber(pageSize),
  order: wireNumber(order),
};
export const wireRole = wireNumber(role);

/** 0 or 1. */
export const wireFlag = wireNumber(choiceUpTo(1).optional());

const { introduction, announcement, portraitUrl } = GroupProfileSchema.shape;

/** `groupProfile` of a call, with what else stands in it there. */
export const wireGroupProfile = <Further extends z.ZodRawShape>(further: Further) =>
  z
    .object(
      {
        introduction: wireText(introduction),
        announcement: wireText(announcement),
        portraitUrl: wireText(portraitUrl),
        ...further,
      },
      { error: mustBe("an object") },
    )
    .optional();

/** `groupExtProfile` of a call: its values may arrive as numbers, as all texts may. */
export const wireExtProfile = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length <= EXT_PAIRS_MAX
      ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textFromNumber(text)]))
      : value,
  GroupExtProfileSchema.optional(),
);

const permission = GroupPermissionsSchema.partial().shape;

/** `permissions` of a call. */
export const wirePermissions = z
  .object(
    {
      joinPerm: wireNumber(permission.joinPerm),
      removePerm: wireNumber(permission.removePerm),
      memInvitePerm: wireNumber(permission.memInvitePerm),
      invitePerm: wireNumber(permission.invitePerm),
      profilePerm: wireNumber(permission.profilePerm),
      memProfilePerm: wireNumber(permission.memProfilePerm),
    },
    { error: mustBe("an object") },
  )
  .optional();

export const groupItem = z.strictObject({
  channelId: z.string().min(1).max(64),
  name: z.string().min(1),
  groupProfile: z.strictObject({
    introduction: z.string().min(1).optional(),
    announcement: z.string().min(1).optional(),
    portraitUrl: z.string().min(1).optional(),
  }),
  groupExtProfile: z.record(z.string().startsWith("ext_"), z.string().min(1)),
  permissions: z.strictObject(GroupPermissionsSchema.shape),
  owner: wireUserId,
  createdAt: wireMs,
  memberCount: z.int().min(1),
});

export function toGroupItem(group: Group): z.input<typeof groupItem> {
  return {
    channelId: group.groupId,
    name: group.name,
    groupProfile: group.profile,
    groupExtProfile: group.extended,
    permissions: group.permissions,
    owner: group.ownerId,
    createdAt: group.createdAt.getTime(),
    memberCount: group.memberCount,
  };
}

export const joinedRole = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const MemberSchema = z.strictObject({
  userId: wireUserId,
  role: joinedRole,
  nickname: z.string(),
  extra: z.string(),
  joinedAt: wireMs,
});

/** `pageToken` is absent on the last page. */
export const memberPage = z.strictObject({
  totalCount: z.int().min(0),
  pageToken: z.string().min(1).optional(),
  members: z.array(MemberSchema),
});

export function toMember(member: StoredMember): z.input<typeof MemberSchema> {
  return {
    userId: member.userId,
    role: member.role,
    nickname: member.nickname,
    extra: member.extra,
    joinedAt: member.joinedAt.getTime(),
  };
}

/** A group as the examples of the reference show it. */
export const EXAMPLE_GROUP = {
  channelId: "team-7",
  name: "Team 7",
  groupProfile: { introduction: "All of team 7" },
  groupExtProfile: { ext_floor: "3" },
  permissions: { joinPerm: 1, removePerm: 0, memInvitePerm: 0, invitePerm: 0, profilePerm: 0, memProfilePerm: 0 },
  owner: "alice01",
  createdAt: 1_767_225_600_000,
  memberCount: 2,
} as const;

/** The same as the list of groups shows it. */
export const EXAMPLE_SUMMARY = {
  channelId: EXAMPLE_GROUP.channelId,
  name: EXAMPLE_GROUP.name,
  groupProfile: EXAMPLE_GROUP.groupProfile,
  owner: EXAMPLE_GROUP.owner,
  createdAt: EXAMPLE_GROUP.createdAt,
} as const;

export const EXAMPLE_MEMBER = {
  userId: "bob7",
  role: 1,
  nickname: "B",
  extra: "",
  joinedAt: 1_767_225_600_000,
} as const;
