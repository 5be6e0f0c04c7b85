import { afterAll, beforeAll, expect, test } from "vitest";
import { registerUser } from "@/lib/core/users/register-user";
import { type RunningApi, serveApi } from "@/test/support/api-server";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { type SignedClient, signedClient } from "@/test/support/signed-client";

/** What is particular to groups on the wire: each refusal's status and code, and pages by token. */

const context = testContext();
let api: RunningApi;
let client: SignedClient;
const USERS = ["ann", "bob", "cy", "dee"];

beforeAll(async () => {
  api = await serveApi(context(), "service");
  const { ref, appSecret } = (await createTestApp(context())).production;
  client = signedClient({ baseUrl: api.baseUrl, appKey: ref.appKey, appSecret });
  for (const userId of USERS) await registerUser(context(), appServerOf(ref), { userId, name: userId });
  await send("create", { channelId: "team", name: "Team", owner: "ann", userIds: ["bob", "cy"] });
});
afterAll(() => api.close());

const send = (call: string, body: object) => client.send(`/v4/group-channel/${call}`, body);

test.each([
  [409, 25409, "create", { channelId: "team", name: "Again", owner: "ann" }],
  [400, 25423, "create", { channelId: "new", name: "", owner: "ann" }],
  [400, 25430, "create", { channelId: "new group", name: "New", owner: "ann" }],
  [400, 400, "create", { channelId: "new", name: "New", owner: "nobody" }],
  [404, 25410, "join", { channelId: "none", userIds: ["bob"] }],
  [404, 25410, "leave", { channelId: "none", userIds: ["bob"] }],
  [404, 25410, "dismiss", { channelId: "none" }],
  [404, 25410, "member/set", { channelId: "none", userId: "bob" }],
  [404, 25410, "member/list", { channelId: "none" }],
  [404, 25410, "member/batch/get", { channelId: "none", userIds: ["bob"] }],
  [404, 25410, "alias/set", { channelId: "none", userId: "bob", alias: "x" }],
  [404, 25410, "alias/get", { channelId: "none", userId: "bob" }],
  [404, 25410, "alias/delete", { channelId: "none", userId: "bob" }],
  [400, 25417, "leave", { channelId: "team", userIds: ["ann"] }],
  [400, 25418, "member/set", { channelId: "team", userId: "dee", nickname: "D" }],
  [400, 25418, "alias/set", { channelId: "team", userId: "dee", alias: "x" }],
  [400, 25432, "member/list", { channelId: "team", pageToken: "nonsense" }],
  [400, 25432, "joined/list", { userId: "bob", pageToken: "nonsense" }],
  [400, 400, "member/kickout-all", { userId: "nobody" }],
])("%i and %i from %s of %j", async (status, code, call, body) => {
  const answer = await send(call, body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.body.errorMessage).toMatch(/./);
});

test("pages by token, as a caller walks them; the last one has none", async () => {
  const ids: unknown[] = [];
  let pageToken: string | undefined;
  for (let page = 1; page <= 3; page += 1) {
    const body = { channelId: "team", pageSize: 1, ...(pageToken === undefined ? {} : { pageToken }) };
    const { result } = (await send("member/list", body)).body as {
      result: { totalCount: number; pageToken?: string; members: Array<{ userId: string }> };
    };
    expect(result.totalCount).toBe(3);
    expect("pageToken" in result).toBe(page < 3);
    ids.push(...result.members.map((member) => member.userId));
    pageToken = result.pageToken;
  }
  expect(ids).toEqual(["ann", "bob", "cy"]);
});

test("a group as it was created is given back with its objects, its times as numbers and every permission", async () => {
  const before = Date.now();
  await send("create", {
    channelId: "full",
    name: "Full",
    owner: "ann",
    userIds: ["bob", "nobody", "ann"],
    groupProfile: { introduction: "Hi", announcement: "", portraitUrl: "https://example.com/p.png", other: "x" },
    groupExtProfile: { ext_floor: 3 },
    permissions: { joinPerm: "2", memProfilePerm: 1 },
  });
  const { body } = await send("joined/list", { userId: "bob", order: 1, pageSize: 1 });
  expect(body.result).toMatchObject({
    groups: [
      {
        channelId: "full",
        name: "Full",
        owner: "ann",
        groupProfile: { introduction: "Hi", portraitUrl: "https://example.com/p.png" },
        groupExtProfile: { ext_floor: "3" },
        permissions: {
          joinPerm: 2,
          removePerm: 0,
          memInvitePerm: 0,
          invitePerm: 0,
          profilePerm: 0,
          memProfilePerm: 1,
        },
        memberCount: 2,
        alias: "",
        role: 1,
      },
    ],
  });
  const [group] = (body.result as { groups: Array<{ createdAt: number; joinedAt: number; groupProfile: object }> })
    .groups;
  expect(group?.groupProfile).not.toHaveProperty("other");
  expect(group?.groupProfile).not.toHaveProperty("announcement");
  expect(group?.createdAt).toBeGreaterThanOrEqual(before);
  expect(group?.joinedAt).toBe(group?.createdAt);
});
