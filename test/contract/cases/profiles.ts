import { expect } from "vitest";
import { setUserProfile } from "@/lib/core/profiles/set-user-profile";
import { appServerOf } from "@/test/support/context";
import { declareProfileKeys } from "@/test/support/profiles";
import { type EndpointCase, userId, userIds, wholeNumber } from "./shared";

const notAnObject = [null, true, 7, "name", [], [{ name: "Al" }]];

/** Contract section 10. What is refused inside the objects, each with its own code: test/contract/hosted-profiles.test.ts. */
export const PROFILE_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/profile/set",
    limit: 100,
    prepare: (context, environment) => declareProfileKeys(context, environment.ref, ["ext_team"]),
    body: (id) => ({ userId: id, userProfile: { name: "Al", level: 2 } }),
    fields: {
      userId,
      userProfile: {
        required: true,
        refused: notAnObject,
        tooLong: { name: "n".repeat(65) },
        tooLongCode: 24364,
        accepted: [
          {},
          { name: "👍".repeat(64), portraitUri: "p".repeat(1024), email: "e".repeat(128) },
          { birthday: "b".repeat(32), location: "l".repeat(32) },
          { gender: 0, role: 0, level: 0 },
          { gender: "2", role: "100", level: "100.0" },
          { name: "", gender: "", uniqueId: "" },
          { name: 42 },
        ],
      },
      userExtProfile: {
        required: false,
        refused: notAnObject,
        tooLong: { ext_team: "v".repeat(257) },
        tooLongCode: 24364,
        accepted: [{}, { ext_team: "👍".repeat(256) }, { ext_team: 7 }, { ext_team: "" }],
      },
    },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/user/profile/batch/get",
    limit: 100,
    prepare: (context, { ref }, id) =>
      setUserProfile(context, appServerOf(ref), { userId: id, userProfile: { name: "Al", gender: 1 } }),
    body: (id) => ({ userIds: [id] }),
    fields: { userIds },
    result: (id) => ({
      users: [{ userId: id, version: expect.any(Number), userProfile: { name: "Al", gender: 1 } }],
    }),
    unknownId: 0,
  },
  {
    path: "/v4/user/profile/list",
    limit: 100,
    body: () => ({ page: 1, pageSize: 20, order: 1 }),
    fields: {
      page: wholeNumber(false, 1, 1_000_000),
      pageSize: wholeNumber(false, 1, 100),
      order: wholeNumber(false, 0, 1),
    },
    result: () => ({ users: expect.any(Array) }),
    unknownId: undefined,
  },
  {
    path: "/v4/user/profile/delete",
    limit: 100,
    prepare: (context, { ref }, id) =>
      setUserProfile(context, appServerOf(ref), { userId: id, userProfile: { name: "Al" } }),
    body: (id) => ({ userIds: [id] }),
    fields: { userIds },
    result: () => undefined,
    unknownId: 0,
  },
];
