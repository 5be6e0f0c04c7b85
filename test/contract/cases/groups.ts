import { expect } from "vitest";
import type { Context } from "@/lib/core/context";
import { createGroup } from "@/lib/core/groups/create-group";
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
      groupProfile: {
        required: false,
        refused: [null, true, "text", [], { introduction: null }, { portraitUrl: ["a"] }, { announcement: "\ud800" }],
        tooLong: { introduction: "i".repeat(513) },
        accepted: [
          {},
          { introduction: "👍".repeat(512), announcement: "a".repeat(1024), portraitUrl: "u".repeat(128) },
          { introduction: "", other: 1 },
        ],
      },
      groupExtProfile: {
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
      },
      permissions: {
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
      },
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
];
