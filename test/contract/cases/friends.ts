import { expect } from "vitest";
import type { Context } from "@/lib/core/context";
import { addFriend } from "@/lib/core/friends/add-friend";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, type TestEnvironment } from "@/test/support/context";
import {
  type EndpointCase,
  type FieldCase,
  idList,
  manyIds,
  oneOf,
  optionalText,
  pageToken,
  userId,
  wholeNumber,
} from "./shared";

/** The other user of a body about `id`. */
const other = (id: string) => `${id}-friend`;

async function registerOther(context: Context, { ref }: TestEnvironment, id: string): Promise<void> {
  await registerUser(context, appServerOf(ref), { userId: other(id), name: "Other" });
}

async function befriendOther(context: Context, environment: TestEnvironment, id: string): Promise<void> {
  await registerOther(context, environment, id);
  await addFriend(context, appServerOf(environment.ref), { userId: id, targetId: other(id), action: 2 });
}

const targetId: FieldCase = { ...userId };
const counted: EndpointCase["counted"] = { body: (id) => ({ userId: id, targetIds: manyIds(20) }), cost: 20 };

/** Contract section 12. */
export const FRIEND_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/friend/add",
    limit: 100,
    prepare: registerOther,
    body: (id) => ({ userId: id, targetId: other(id), action: 2, extra: "Hello" }),
    fields: { userId, targetId, action: oneOf(false, 1, 2), extra: optionalText(128) },
    result: () => undefined,
    repeat: { status: 400, code: 25460 },
    unknownId: 400,
  },
  {
    path: "/v4/friend/remove",
    aliases: ["/v4/friend/delete"],
    limit: 100,
    prepare: befriendOther,
    body: (id) => ({ userId: id, targetIds: [other(id)] }),
    fields: { userId, targetIds: idList(100) },
    result: () => undefined,
    unknownId: 400,
    counted,
  },
  {
    path: "/v4/friend/remove-all",
    limit: 100,
    prepare: befriendOther,
    body: (id) => ({ userId: id }),
    fields: { userId },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/friend/list",
    limit: 100,
    prepare: befriendOther,
    body: (id) => ({ userId: id, pageSize: 50, order: 0 }),
    fields: {
      userId,
      pageToken: pageToken(25432),
      pageSize: wholeNumber(false, 1, 100),
      order: oneOf(false, 0, 1),
    },
    result: (id) => ({
      totalCount: 1,
      friends: [{ userId: other(id), name: "Other", alias: "", friendExtProfile: {}, addedAt: expect.any(Number) }],
    }),
    unknownId: 400,
  },
  {
    path: "/v4/friend/relationship/get",
    limit: 100,
    prepare: befriendOther,
    body: (id) => ({ userId: id, targetIds: ["nobody", other(id), id] }),
    fields: { userId, targetIds: idList(20) },
    result: (id) => ({
      friendships: [
        { userId: "nobody", result: 1 },
        { userId: other(id), result: 4 },
        { userId: id, result: 1 },
      ],
    }),
    unknownId: 400,
    counted,
  },
  {
    path: "/v4/friend/permission/set",
    limit: 100,
    body: (id) => ({ userIds: [id], permissionType: 3 }),
    fields: { userIds: idList(100), permissionType: { ...oneOf(true, 1, 2, 3) } },
    result: () => undefined,
    unknownId: 0,
    counted: { body: () => ({ userIds: manyIds(50), permissionType: 1 }), cost: 50 },
  },
  {
    path: "/v4/friend/permission/get",
    limit: 100,
    body: (id) => ({ userIds: [id, "nobody"] }),
    fields: { userIds: idList(100) },
    result: (id) => ({ permissions: [{ userId: id, permissionType: 2 }] }),
    unknownId: 0,
  },
  {
    path: "/v4/friend/profile/set",
    limit: 100,
    prepare: befriendOther,
    body: (id) => ({ userId: id, targetId: other(id), alias: "Al", friendExtProfile: { ext_src: "school" } }),
    fields: {
      userId,
      targetId,
      alias: optionalText(64),
      friendExtProfile: {
        required: false,
        refused: [
          null,
          "x",
          1,
          [],
          { ext_a: null },
          { ext_a: {} },
          { ext_a: true },
          { a: "b" },
          { ext_: "b" },
          { "ext_a b": "c" },
          { ext_a: "\u0000" },
          { ext_a: "\ud800" },
        ],
        tooLong: { ext_a: "x".repeat(257) },
        tooLongCode: 25470,
        accepted: [
          {},
          { ext_a: "" },
          { ext_a: 7 },
          { [`ext_${"k".repeat(28)}`]: "👍".repeat(256) },
          Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`ext_${n}`, "v"])),
        ],
      },
    },
    result: () => undefined,
    unknownId: 400,
  },
];
