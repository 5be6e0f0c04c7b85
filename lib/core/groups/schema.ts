import { z } from "zod";
import { listOf } from "../input/list";
import { fewPairs } from "../input/record";
import { limitedText, mustBe } from "../input/text";
import { UserIdSchema, userIdList } from "../users/schema";
import { GROUP_ROLE } from "./facts";
import { choiceUpTo, GroupPermissionsSchema } from "./permission-schema";

/** Limits and inputs of groups (contract section 17). Browser-safe. */

export const GROUP_ID_MAX = 64;
export const GROUP_NAME_MAX = 64;
export const GROUP_NICKNAME_MAX = 64;
export const GROUP_ALIAS_MAX = 64;
/** Most users named at a group's creation, the owner apart. */
export const GROUP_CREATE_USERS_MAX = 30;
/** Most users in one call that lets in, takes out or reads members. */
export const GROUP_CALL_USERS_MAX = 100;
export const GROUP_PAGE_MAX = 100;
/** Most admins of a group, and most favorites of one member in it. */
export const GROUP_ADMIN_MAX = 10;
export const GROUP_FAVORITE_MAX = 200;
/** Most groups that one call reads by their ids. */
export const GROUP_CALL_GROUPS_MAX = 100;

const text = (characters: number) => limitedText({ characters }, { empty: true });

/** Any group id that may exist. The characters are checked at creation only, as those of user ids are. */
export const GroupIdSchema = limitedText({ characters: GROUP_ID_MAX }, { empty: false });

/** The characters of a new group's id: those of a new user's. */
export const isGroupId = (groupId: string) => /^[A-Za-z0-9_\-+=|@.]+$/.test(groupId);

/** An empty name has a refusal of its own, so the schema lets it pass. */
export const GroupNameSchema = text(GROUP_NAME_MAX).meta({ minLength: 1, maxLength: GROUP_NAME_MAX });
export const GroupNicknameSchema = text(GROUP_NICKNAME_MAX);

export const GroupProfileSchema = z.object(
  {
    introduction: text(512).optional(),
    announcement: text(1024).optional(),
    portraitUrl: text(128).optional(),
  },
  { error: mustBe("an object") },
);
/** What a group tells of itself; unset keys are missing. */
export type GroupProfile = z.infer<typeof GroupProfileSchema>;

const EXT_KEY_MAX = 32;
export const EXT_PAIRS_MAX = 10;

/** Attributes of the app's own; their values are text. */
export const GroupExtProfileSchema = fewPairs(
  EXT_PAIRS_MAX,
  z.record(z.string(), text(256), { error: mustBe("an object of texts") }).check((ctx) => {
    for (const key of Object.keys(ctx.value)) {
      if (key.length > EXT_KEY_MAX) {
        const message = `Must have keys of at most ${EXT_KEY_MAX} characters.`;
        ctx.issues.push({ code: "too_big", origin: "string", maximum: EXT_KEY_MAX, input: ctx.value, message });
      } else if (!/^ext_[A-Za-z0-9_]+$/.test(key)) {
        const message = "Must have keys that start with ext_ and consist of letters, digits and _ only.";
        ctx.issues.push({ code: "custom", input: ctx.value, message });
      }
    }
  }),
);
export type GroupExtProfile = z.infer<typeof GroupExtProfileSchema>;

const CreateUsersSchema = listOf(UserIdSchema, {
  max: GROUP_CREATE_USERS_MAX,
  wrong: mustBe("a list of user ids"),
  size: `Must have at most ${GROUP_CREATE_USERS_MAX} entries.`,
}).transform((ids) => [...new Set(ids)]);

const userIds = userIdList(GROUP_CALL_USERS_MAX);

export const CreateGroupSchema = z.object({
  groupId: GroupIdSchema,
  name: GroupNameSchema,
  ownerId: UserIdSchema,
  userIds: CreateUsersSchema.default([]),
  profile: GroupProfileSchema.default({}),
  extended: GroupExtProfileSchema.default({}),
  permissions: GroupPermissionsSchema.partial().default({}),
});
export type CreateGroupInput = z.input<typeof CreateGroupSchema>;

/** What is left out stays; of profile and attributes "" clears a key. */
export const UpdateGroupSchema = z.object({
  groupId: GroupIdSchema,
  name: GroupNameSchema.optional(),
  profile: GroupProfileSchema.default({}),
  extended: GroupExtProfileSchema.default({}),
  permissions: GroupPermissionsSchema.partial().default({}),
  /** What a page showed, for a change that must not meet another one. */
  seen: z
    .object({
      name: z.string(),
      profile: z.record(z.string(), z.string()),
      extended: z.record(z.string(), z.string()),
    })
    .optional(),
});
export type UpdateGroupInput = z.input<typeof UpdateGroupSchema>;

export const TransferGroupSchema = z.object({
  groupId: GroupIdSchema,
  newOwnerId: UserIdSchema,
  /** Whether the owner until now leaves the group. */
  leave: z.boolean().default(false),
});
export type TransferGroupInput = z.input<typeof TransferGroupSchema>;

/** More ids have a refusal of their own, so the schema lets them pass. */
export const GroupIdsSchema = listOf(GroupIdSchema, {
  min: 1,
  wrong: mustBe("a list of group ids"),
  size: "Must not be empty.",
}).transform((ids) => [...new Set(ids)]);

/** Whose favorites in which group. */
export const FavoritesKeySchema = z.object({ groupId: GroupIdSchema, userId: UserIdSchema });
export type FavoritesKey = z.input<typeof FavoritesKeySchema>;
export const ChangeFavoritesSchema = FavoritesKeySchema.extend({ favoriteIds: userIds });
export type ChangeFavoritesInput = z.input<typeof ChangeFavoritesSchema>;

/** One group. */
export const GroupKeySchema = z.object({ groupId: GroupIdSchema });
/** One group and some users: to let in, to take out, to read. */
export const GroupUsersSchema = z.object({ groupId: GroupIdSchema, userIds });
export type GroupUsersInput = z.input<typeof GroupUsersSchema>;

/** What is omitted stays; "" clears. */
export const SetGroupMemberSchema = z.object({
  groupId: GroupIdSchema,
  userId: UserIdSchema,
  nickname: GroupNicknameSchema.optional(),
  extra: text(128).optional(),
});

/** The same by an operator, with what a page showed: for a change that must not meet another one. */
export const ChangeGroupMemberSchema = SetGroupMemberSchema.extend({
  seen: z.object({ nickname: GroupNicknameSchema }).optional(),
});
export type ChangeGroupMemberInput = z.input<typeof ChangeGroupMemberSchema>;

/** The owner's role is not to be given or taken. */
const givenRole = z.union([z.literal(GROUP_ROLE.member), z.literal(GROUP_ROLE.admin)]);
export const SetGroupRoleSchema = z.object({
  groupId: GroupIdSchema,
  userId: UserIdSchema,
  role: givenRole,
  /** What a page showed, for a change that must not meet another one. */
  seen: z.object({ role: givenRole }).optional(),
});
export type SetGroupRoleInput = z.input<typeof SetGroupRoleSchema>;

const pageSizeMessage = `Must be from 1 to ${GROUP_PAGE_MAX}.`;
const paging = {
  /** 0 all, else the role. */
  role: choiceUpTo(3).default(0),
  /** As the page before gave it; "" and left out: the first page. */
  pageToken: z.string({ error: mustBe("text") }).default(""),
  pageSize: z.int(pageSizeMessage).min(1, pageSizeMessage).max(GROUP_PAGE_MAX, pageSizeMessage).default(50),
  /** By when they joined: 0 the earliest first, 1 the latest first. */
  order: choiceUpTo(1).default(0),
};
export const ListGroupMembersSchema = z.object({ groupId: GroupIdSchema, ...paging });
export type ListGroupMembersInput = z.input<typeof ListGroupMembersSchema>;

export const ListGroupsSchema = z.object({
  pageToken: paging.pageToken,
  pageSize: paging.pageSize,
  /** By when they were created: 0 the earliest first, 1 the latest first. */
  order: paging.order,
});
export type ListGroupsInput = z.input<typeof ListGroupsSchema>;

export const ListJoinedGroupsSchema = z.object({ userId: UserIdSchema, ...paging });
export type ListJoinedGroupsInput = z.input<typeof ListJoinedGroupsSchema>;

export const GroupAliasKeySchema = z.object({ groupId: GroupIdSchema, userId: UserIdSchema });
export type GroupAliasKey = z.input<typeof GroupAliasKeySchema>;
export const SetGroupAliasSchema = GroupAliasKeySchema.extend({
  alias: limitedText({ characters: GROUP_ALIAS_MAX }, { empty: false }),
});
export type SetGroupAliasInput = z.input<typeof SetGroupAliasSchema>;
