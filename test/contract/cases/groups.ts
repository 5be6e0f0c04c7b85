import { expect } from "vitest";
import type { Context } from "@/lib/core/context";
import { addAdmins } from "@/lib/core/groups/change-admins";
import { createGroup } from "@/lib/core/groups/create-group";
import { addFavorites } from "@/lib/core/groups/favorites";
import { setGroupAlias } from "@/lib/core/groups/group-alias";
import { joinGroup } from "@/lib/core/groups/join-group";
import { appServerOf, type TestEnvironment } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import {
  type EndpointCase,
  type FieldCase,
  manyIds,
  name,
  notText,
  pageToken,
  unstorable,
  userId,
  wholeNumber,
} from "./shared";

const OWNER = "owner-of-common";
/** A group that every prepared user is in. */
const COMMON = "common";

async function inCommonGroup(context: Context, environment: TestEnvironment, userId: string): Promise<void> {
  const actor = appServerOf(environment.ref);
  const { groupMember, user } = context.db.prisma;
  const environmentId = environment.ref.id;
  if ((await groupMember.count({ where: { environmentId, groupId: COMMON } })) === 0) {
    if ((await user.count({ where: { environmentId, userId: OWNER } })) === 0) {
      await insertTestUsers(context, environment.ref, [{ userId: OWNER }]);
    }
    await createGroup(context, actor, { groupId: COMMON, name: "Common", ownerId: OWNER });
  }
  await joinGroup(context, actor, { groupId: COMMON, userIds: [userId] });
}

/** A group of somebody else, with the user in it. */
async function inOwnersGroup(context: Context, environment: TestEnvironment, userId: string): Promise<void> {
  await inCommonGroup(context, environment, userId);
  const group = { groupId: ownGroup(userId), name: "Team", ownerId: OWNER, userIds: [userId] };
  await createGroup(context, appServerOf(environment.ref), group);
}

async function asAdmin(context: Context, environment: TestEnvironment, userId: string): Promise<void> {
  await inOwnersGroup(context, environment, userId);
  await addAdmins(context, appServerOf(environment.ref), { groupId: ownGroup(userId), userIds: [userId] });
}

async function withFavorite(context: Context, environment: TestEnvironment, userId: string): Promise<void> {
  await inOwnersGroup(context, environment, userId);
  const key = { groupId: ownGroup(userId), userId };
  await addFavorites(context, appServerOf(environment.ref), { ...key, favoriteIds: [OWNER] });
}

async function withAlias(context: Context, environment: TestEnvironment, userId: string): Promise<void> {
  await inCommonGroup(context, environment, userId);
  await setGroupAlias(context, appServerOf(environment.ref), { groupId: COMMON, userId, alias: "Mine" });
}

/** A group of the user's own. */
const ownGroup = (userId: string) => `group-of-${userId}`.slice(0, 64);

const channelId: FieldCase = {
  required: true,
  refused: [...notText, ...unstorable, "", Number.MAX_SAFE_INTEGER + 1],
  tooLong: "g".repeat(65),
  accepted: [],
};
const member: FieldCase = { ...userId, accepted: [] };
const userIds: FieldCase = {
  required: true,
  refused: [null, "alice", 7, {}, [], manyIds(101), [null], [{}], [["a"]], [true], [""], ["a\u0000"]],
  tooLong: ["ok", "u".repeat(65)],
  accepted: [manyIds(100), ["same", "same"], [12345, "12345"]],
};
const optionalText = (max: number): FieldCase => ({
  required: false,
  refused: [...notText, ...unstorable],
  tooLong: "t".repeat(max + 1),
  accepted: ["", "👍".repeat(max), 42],
});
const permissionKeys = ["joinPerm", "removePerm", "memInvitePerm", "invitePerm", "profilePerm", "memProfilePerm"];
const paging = {
  pageToken: pageToken(25432),
  pageSize: wholeNumber(false, 1, 100),
  order: wholeNumber(false, 0, 1),
} satisfies Record<string, FieldCase>;
const role = wholeNumber(false, 0, 3);

const aMember = (userId: string) => ({
  userId,
  role: 1,
  nickname: "",
  extra: "",
  joinedAt: expect.any(Number),
});

const theCommonGroup = {
  channelId: COMMON,
  name: "Common",
  groupProfile: {},
  groupExtProfile: {},
  permissions: Object.fromEntries(permissionKeys.map((key) => [key, 0])),
  owner: OWNER,
  createdAt: expect.any(Number),
  memberCount: expect.any(Number),
};

const groupProfile: FieldCase = {
  required: false,
  refused: [null, true, "text", [], { introduction: null }, { portraitUrl: ["a"] }, { announcement: "\ud800" }],
  tooLong: { introduction: "i".repeat(513) },
  accepted: [
    {},
    { introduction: "👍".repeat(512), announcement: "a".repeat(1024), portraitUrl: "u".repeat(128) },
    { introduction: "", other: 1 },
  ],
};
const groupExtProfile: FieldCase = {
  required: false,
  refused: [
    null,
    true,
    "text",
    [],
    { ext_a: null },
    { ext_a: {} },
    { floor: "3" },
    { ext_: "3" },
    { "ext_a-b": "3" },
    Object.fromEntries(manyIds(11).map((_, n) => [`ext_${n}`, "x"])),
  ],
  tooLong: { [`ext_${"k".repeat(29)}`]: "x" },
  accepted: [
    {},
    { [`ext_${"k".repeat(28)}`]: "v".repeat(256) },
    { ext_number: 3 },
    Object.fromEntries(manyIds(10).map((_, n) => [`ext_${n}`, "x"])),
  ],
};
const permissions: FieldCase = {
  required: false,
  refused: [
    null,
    true,
    "text",
    [],
    ...permissionKeys.flatMap((key) => [{ [key]: -1 }, { [key]: key === "joinPerm" ? 4 : 3 }, { [key]: "all" }]),
    { invitePerm: 2 },
  ],
  accepted: [{}, { joinPerm: "3", other: 9 }, Object.fromEntries(permissionKeys.map((key) => [key, 1]))],
};
const someUserIds: FieldCase = { ...userIds, accepted: [] };
const flag = wholeNumber(false, 0, 1);

/** Contract section 17. */
export const GROUP_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/group-channel/create",
    limit: 100,
    body: (id) => ({
      channelId: ownGroup(id),
      name: "Team",
      owner: id,
      userIds: [],
      groupProfile: { introduction: "Hello" },
      groupExtProfile: { ext_floor: "3" },
      permissions: { joinPerm: 1 },
    }),
    fields: {
      channelId: { ...channelId, accepted: [] },
      name: { ...name, required: true, refused: [...notText, ...unstorable] },
      owner: userId,
      userIds: {
        required: false,
        refused: [null, "alice", 7, {}, manyIds(31), [null], [{}], [["a"]], [true], [""], ["a\u0000"]],
        tooLong: ["u".repeat(65)],
        accepted: [[], manyIds(30), ["same", "same"], [12345]],
      },
      groupProfile,
      groupExtProfile,
      permissions,
    },
    result: () => undefined,
    repeat: { status: 409, code: 25409 },
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/join",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({ channelId: COMMON, userIds: [id] }),
    fields: { channelId, userIds },
    result: () => theCommonGroup,
    unknownId: 0,
  },
  {
    path: "/v4/group-channel/leave",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({
      channelId: COMMON,
      userIds: [id],
      shouldDeleteMute: 1,
      shouldDeleteAllowedSendersList: 0,
      shouldDeleteFavorites: 1,
    }),
    fields: {
      channelId,
      userIds,
      shouldDeleteMute: wholeNumber(false, 0, 1),
      shouldDeleteAllowedSendersList: wholeNumber(false, 0, 1),
      shouldDeleteFavorites: wholeNumber(false, 0, 1),
    },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/group-channel/dismiss",
    limit: 100,
    prepare: (context, environment, id) =>
      createGroup(context, appServerOf(environment.ref), { groupId: ownGroup(id), name: "Team", ownerId: id }),
    body: (id) => ({ channelId: ownGroup(id) }),
    fields: { channelId },
    result: () => undefined,
    repeat: { status: 404, code: 25410 },
    unknownId: undefined,
  },
  {
    path: "/v4/group-channel/member/set",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({ channelId: COMMON, userId: id, nickname: "B", extra: "x" }),
    fields: { channelId, userId: member, nickname: optionalText(64), extra: optionalText(128) },
    result: () => undefined,
    unknownId: 25418,
  },
  {
    path: "/v4/group-channel/member/list",
    limit: 100,
    prepare: inCommonGroup,
    body: () => ({ channelId: COMMON, memberRole: 0, pageSize: 100, order: 1 }),
    fields: { channelId, memberRole: role, ...paging },
    result: (id) => ({
      totalCount: expect.any(Number),
      members: expect.arrayContaining([aMember(id), { ...aMember(OWNER), role: 3 }]),
    }),
    unknownId: undefined,
  },
  {
    path: "/v4/group-channel/member/batch/get",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({ channelId: COMMON, userIds: ["nobody", id] }),
    fields: { channelId, userIds },
    result: (id) => ({ totalCount: 1, members: [aMember(id)] }),
    unknownId: 0,
  },
  {
    path: "/v4/group-channel/member/kickout-all",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({ userId: id }),
    fields: { userId: member },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/joined/list",
    limit: 100,
    prepare: withAlias,
    body: (id) => ({ userId: id, role: 1, pageSize: 50, order: 0 }),
    fields: { userId: member, role, ...paging },
    result: () => ({ groups: [{ ...theCommonGroup, alias: "Mine", role: 1, joinedAt: expect.any(Number) }] }),
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/alias/set",
    limit: 100,
    prepare: inCommonGroup,
    body: (id) => ({ channelId: COMMON, userId: id, alias: "Mine" }),
    fields: { channelId, userId: member, alias: { ...name, required: true } },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/alias/get",
    limit: 100,
    prepare: withAlias,
    body: (id) => ({ channelId: COMMON, userId: id }),
    fields: { channelId, userId: member },
    result: () => ({ alias: "Mine" }),
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/alias/delete",
    limit: 100,
    prepare: withAlias,
    body: (id) => ({ channelId: COMMON, userId: id }),
    fields: { channelId, userId: member },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/group-channel/admin/add",
    limit: 100,
    prepare: inOwnersGroup,
    body: (id) => ({ channelId: ownGroup(id), userIds: [id] }),
    fields: { channelId, userIds: someUserIds },
    result: () => undefined,
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/admin/remove",
    limit: 100,
    prepare: asAdmin,
    body: (id) => ({ channelId: ownGroup(id), userIds: [id] }),
    fields: { channelId, userIds: someUserIds },
    result: () => undefined,
    repeat: { status: 400, code: 25420 },
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/profile/update",
    limit: 100,
    prepare: inOwnersGroup,
    body: (id) => ({
      channelId: ownGroup(id),
      name: "Other",
      groupProfile: { portraitUrl: "https://example.com/team.png" },
      groupExtProfile: { ext_floor: "4" },
      permissions: { joinPerm: 2 },
    }),
    fields: {
      channelId,
      name: { ...name, required: false, refused: [...notText, ...unstorable] },
      groupProfile,
      groupExtProfile: { ...groupExtProfile, accepted: [{}, { ext_number: 3 }, { ext_number: "" }] },
      permissions,
    },
    result: () => undefined,
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/profile/list",
    limit: 100,
    prepare: inOwnersGroup,
    body: (id) => ({ channelIds: ["nothing", ownGroup(id)] }),
    fields: {
      channelIds: {
        required: true,
        refused: [null, "team", 7, {}, [], [null], [{}], [["a"]], [true], [""], ["a\u0000"]],
        tooLong: ["ok", "g".repeat(65)],
        accepted: [manyIds(100), ["same", "same"], [12345, "12345"]],
      },
    },
    result: (id) => ({
      profiles: [{ ...theCommonGroup, channelId: ownGroup(id), name: "Team", memberCount: 2 }],
    }),
    unknownId: 0,
  },
  {
    path: "/v4/group-channel/transfer/owner",
    limit: 100,
    prepare: inOwnersGroup,
    body: (id) => ({
      channelId: ownGroup(id),
      newOwner: id,
      shouldLeave: 0,
      shouldDeleteMute: 1,
      shouldDeleteAllowedSendersList: 0,
      shouldDeleteFavorites: 1,
    }),
    fields: {
      channelId,
      newOwner: member,
      shouldLeave: flag,
      shouldDeleteMute: flag,
      shouldDeleteAllowedSendersList: flag,
      shouldDeleteFavorites: flag,
    },
    result: () => undefined,
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/list",
    limit: 100,
    prepare: inCommonGroup,
    body: () => ({ pageSize: 100, order: 0 }),
    fields: paging,
    result: () => ({
      groups: expect.arrayContaining([
        {
          channelId: COMMON,
          name: "Common",
          groupProfile: {},
          owner: OWNER,
          createdAt: expect.any(Number),
        },
      ]),
    }),
    unknownId: undefined,
  },
  {
    path: "/v4/group-channel/member/favorites/add",
    limit: 100,
    prepare: inOwnersGroup,
    body: (id) => ({ channelId: ownGroup(id), userId: id, favoriteIds: [OWNER] }),
    fields: { channelId, userId: member, favoriteIds: someUserIds },
    result: () => undefined,
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/member/favorites/remove",
    limit: 100,
    prepare: withFavorite,
    body: (id) => ({ channelId: ownGroup(id), userId: id, favoriteIds: [OWNER, "nobody"] }),
    fields: { channelId, userId: member, favoriteIds: someUserIds },
    result: () => undefined,
    unknownId: 25410,
  },
  {
    path: "/v4/group-channel/member/favorites/list",
    limit: 100,
    prepare: withFavorite,
    body: (id) => ({ channelId: ownGroup(id), userId: id }),
    fields: { channelId, userId: member },
    result: (id) => ({
      userId: id,
      channelId: ownGroup(id),
      favorites: [{ userId: OWNER, favoritedAt: expect.any(Number) }],
    }),
    unknownId: 25410,
  },
];
