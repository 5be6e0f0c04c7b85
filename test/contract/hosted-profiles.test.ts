import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { declareProfileKeys } from "@/test/support/profiles";
import { type SignedClient, signedClient } from "@/test/support/signed-client";

/** Contract section 10.1 as it stands on the wire: each refusal's code, and `profileKey` beside it. */

const context = testContext();
let environment: TestEnvironment;

const DECLARED = Array.from({ length: 25 }, (_, index) => `ext_k${index}`);
const pairs = (count: number) => Object.fromEntries(DECLARED.slice(0, count).map((key) => [key, "v"]));

beforeAll(async () => {
  environment = (await createTestApp(context())).production;
  await declareProfileKeys(context(), environment.ref, DECLARED);
  for (const userId of ["alice", "bob"]) {
    await registerUser(context(), appServerOf(environment.ref), { userId, name: userId });
  }
});

/** What is sent, the code, the key that is named. */
const REFUSED: ReadonlyArray<[Record<string, unknown>, number, string]> = [
  [{ userProfile: { hobby: "chess" } }, 24361, "hobby"],
  [{ userProfile: JSON.parse('{"__proto__":"x"}') }, 24361, "__proto__"],
  [{ userProfile: { constructor: "x" } }, 24361, "constructor"],
  [{ userProfile: { userId: "x" } }, 24361, "userId"],
  [{ userProfile: { Name: "x" } }, 24361, "Name"],
  [{ userExtProfile: { ext_undeclared: "x" } }, 24362, "ext_undeclared"],
  [{ userExtProfile: { EXT_k1: "x" } }, 24362, "EXT_k1"],
  [{ userExtProfile: { k1: "x" } }, 24362, "k1"],
  [{ userExtProfile: { name: "x" } }, 24362, "name"],
  [{ userExtProfile: { [`ext_${"k".repeat(29)}`]: "x" } }, 24362, `ext_${"k".repeat(29)}`],
  [{ userExtProfile: pairs(21) }, 24363, "ext_k20"],
  [{ userProfile: { uniqueId: "a".repeat(33) } }, 24364, "uniqueId"],
  [{ userProfile: { name: "n".repeat(65) } }, 24364, "name"],
  [{ userProfile: { portraitUri: "p".repeat(1025) } }, 24364, "portraitUri"],
  [{ userProfile: { email: "e".repeat(129) } }, 24364, "email"],
  [{ userProfile: { birthday: "b".repeat(33) } }, 24364, "birthday"],
  [{ userProfile: { location: "l".repeat(33) } }, 24364, "location"],
  [{ userExtProfile: { ext_k1: "v".repeat(257) } }, 24364, "ext_k1"],
  [{ userProfile: { gender: "male" } }, 24367, "gender"],
  [{ userProfile: { role: null } }, 24367, "role"],
  [{ userProfile: { level: true } }, 24367, "level"],
  [{ userProfile: { level: "1e1" } }, 24367, "level"],
  [{ userProfile: { level: {} } }, 24367, "level"],
  [{ userProfile: { gender: 3 } }, 24368, "gender"],
  [{ userProfile: { role: -1 } }, 24368, "role"],
  [{ userProfile: { level: 101 } }, 24368, "level"],
  [{ userProfile: { level: 1.5 } }, 24368, "level"],
  [{ userProfile: { level: "99999999999999999999999" } }, 24368, "level"],
  [{ userProfile: { name: null } }, 1002, "name"],
  [{ userProfile: { email: {} } }, 1002, "email"],
  [{ userProfile: { name: "a\u0000" } }, 1002, "name"],
  [{ userProfile: { uniqueId: "not-allowed" } }, 1002, "uniqueId"],
  [{ userExtProfile: { ext_k1: null } }, 1002, "ext_k1"],
  [{ userExtProfile: { ext_k1: ["x"] } }, 1002, "ext_k1"],
];

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let client: SignedClient;

  beforeAll(async () => {
    api = await serveApi(context(), mount);
    const { ref, appSecret } = environment;
    client = signedClient({ baseUrl: api.baseUrl, appKey: ref.appKey, appSecret });
  });
  afterAll(() => api.close());

  const set = (userId: string, values: Record<string, unknown>) =>
    client.send("/v4/user/profile/set", { userId, ...values });
  const get = async (...userIds: string[]) => (await client.send("/v4/user/profile/batch/get", { userIds })).body;

  test("each refusal has its code, names its key at the top level, and changes nothing of what came with it", async () => {
    expect((await set("alice", { userProfile: { name: "Al" } })).body).toEqual({ code: 0 });
    const before = await get("alice");
    for (const [values, code, profileKey] of REFUSED) {
      const { userProfile, userExtProfile } = values as Record<string, Record<string, unknown> | undefined>;
      const answer = await set("alice", {
        userProfile: { location: "Rome", ...userProfile },
        userExtProfile: { ext_k0: "w", ...userExtProfile },
      });
      expect([values, answer.status, answer.body]).toEqual([
        values,
        400,
        { code, profileKey, errorMessage: expect.stringContaining(profileKey), url: "/v4/user/profile/set" },
      ]);
    }
    expect(await get("alice")).toEqual(before);
  });

  test("what breaks the call as a whole is 1002 and names no profile key", async () => {
    for (const values of [{}, { userProfile: [] }, { userExtProfile: "x" }, { userProfile: null }]) {
      const { body } = await set("alice", values);
      expect(body).toMatchObject({ code: 1002 });
      expect(body).not.toHaveProperty("profileKey");
    }
    expect((await get(...Array.from({ length: 21 }, (_, index) => `u${index}`))).code).toBe(1002);
  });

  test("twenty pairs are a user's most, counted with those stored before", async () => {
    expect((await set("bob", { userExtProfile: pairs(20) })).body).toEqual({ code: 0 });
    expect((await set("bob", { userExtProfile: { ext_k3: "new", ext_k22: "x" } })).body).toMatchObject({
      code: 24363,
      profileKey: "ext_k22",
    });
    expect((await set("bob", { userExtProfile: { ext_k3: "", ext_k22: "x" } })).body).toEqual({ code: 0 });
    expect((await client.send("/v4/user/profile/delete", { userIds: ["bob"] })).body).toEqual({ code: 0 });
    expect(await get("bob")).toEqual({ code: 0, result: { users: [] } });
  });

  test("a uniqueId that another user has is 1002 with its key, and free again once it is cleared", async () => {
    expect((await set("alice", { userProfile: { uniqueId: "A1" } })).body).toEqual({ code: 0 });
    expect((await set("alice", { userProfile: { uniqueId: "A1" } })).body).toEqual({ code: 0 });
    expect((await set("bob", { userProfile: { uniqueId: "A1", name: "B" } })).body).toMatchObject({
      code: 1002,
      profileKey: "uniqueId",
    });
    expect(await get("bob")).toEqual({ code: 0, result: { users: [] } });
    expect((await set("alice", { userProfile: { uniqueId: "" } })).body).toEqual({ code: 0 });
    expect((await set("bob", { userProfile: { uniqueId: "A1" } })).body).toEqual({ code: 0 });
    await client.send("/v4/user/profile/delete", { userIds: ["bob"] });
  });

  test("numbers come out as numbers and text as text, whichever way they were sent", async () => {
    await set("bob", { userProfile: { name: 7, gender: "1", level: "03" }, userExtProfile: { ext_k1: 12 } });
    expect(await get("bob")).toEqual({
      code: 0,
      result: {
        users: [
          {
            userId: "bob",
            version: expect.any(Number),
            userProfile: { name: "7", gender: 1, level: 3 },
            userExtProfile: { ext_k1: "12" },
          },
        ],
      },
    });
    await client.send("/v4/user/profile/delete", { userIds: ["bob"] });
  });
});
