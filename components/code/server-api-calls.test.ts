import { expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { SERVER_API_PATHS } from "@/lib/testing/calls";
import { playwrightTest, type ServerApiCall, sdkCall, serverApiCalls } from "./server-api-calls";

/** One call by each builder, with every field that it takes. */
const SAMPLES: Readonly<Record<keyof typeof serverApiCalls, ServerApiCall>> = {
  issueAccessToken: serverApiCalls.issueAccessToken({
    userId: "alice",
    name: "Alice",
    avatarUrl: "https://a.example/",
  }),
  expireAccessToken: serverApiCalls.expireAccessToken({ userIds: ["alice"], expiresAt: 1_767_225_600_000 }),
  updateUser: serverApiCalls.updateUser({ userId: "alice", name: "Alice", avatarUrl: "" }),
  banUsers: serverApiCalls.banUsers({ userIds: ["alice", "bob"], durationMinutes: 60 }),
  unbanUsers: serverApiCalls.unbanUsers({ userIds: ["alice"] }),
  softDeleteUsers: serverApiCalls.softDeleteUsers({ userIds: ["alice", "bob"] }),
  restoreUsers: serverApiCalls.restoreUsers({ userIds: ["alice"] }),
  addFriend: serverApiCalls.addFriend({ userId: "alice", targetId: "bob", action: 2 }),
  removeFriends: serverApiCalls.removeFriends({ userId: "alice", targetIds: ["bob"] }),
  removeAllFriends: serverApiCalls.removeAllFriends({ userId: "alice" }),
  addUserBlocklist: serverApiCalls.addUserBlocklist({ userId: "alice", targetUserIds: ["bob"] }),
  setUserProfile: serverApiCalls.setUserProfile({
    userId: "alice",
    userProfile: { name: "Alice", level: "3", email: "" },
    userExtProfile: { ext_team: "red" },
  }),
  deleteUserProfiles: serverApiCalls.deleteUserProfiles({ userIds: ["alice"] }),
  batchSetUserTags: serverApiCalls.batchSetUserTags({ userIds: ["alice"], tags: ["vip", "beta"] }),
  joinGroupChannel: serverApiCalls.joinGroupChannel({ channelId: "team-7", userIds: ["alice"] }),
  leaveGroupChannel: serverApiCalls.leaveGroupChannel({ channelId: "team-7", userIds: ["alice"] }),
  setGroupMember: serverApiCalls.setGroupMember({ channelId: "team-7", userId: "alice", nickname: "" }),
  updateGroupChannelProfile: serverApiCalls.updateGroupChannelProfile({
    channelId: "team-7",
    name: "Crew",
    groupProfile: { portraitUrl: "https://a.example/team.png", introduction: "" },
    groupExtProfile: { ext_floor: "4" },
  }),
  dismissGroupChannel: serverApiCalls.dismissGroupChannel({ channelId: "team-7" }),
};

test.each(Object.entries(SAMPLES))("%s is a call of the Server API, and a valid one", (_name, call) => {
  const endpoint = ENDPOINTS.find(({ path }) => path === call.path);
  expect(endpoint?.doc.operationId).toBe(call.operation);
  const { body } = call;
  expect(() => endpoint?.parse(body)).not.toThrow();
  // A field that the endpoint does not know would be ignored there, and so do nothing.
  const described = Object.keys((endpoint?.input as { shape?: object } | undefined)?.shape ?? {});
  expect(described).toEqual(expect.arrayContaining(Object.keys(body)));
});

test("an SDK call is JavaScript that gives the same body", () => {
  const body = { userIds: ['a"b', "`c` $1", "d\\"], nested: { ext_team: "red", "with space": 1 }, flag: true };
  const text = sdkCall({ operation: "banUsers", path: "/v4/user/ban", body });
  const run = new Function("client", `return (async () => { ${text} })()`);
  let given: unknown;
  run({ banUsers: async (value: unknown) => (given = value) });
  expect(given).toEqual(body);
});

test.each(Object.values(SAMPLES))("$operation is a call of the testing package as well", (call) => {
  expect(Object.keys(SERVER_API_PATHS)).toContain(call.operation);
  const text = playwrightTest(call);
  expect(text).toContain('from "im-user-service/testing/playwright"');
  const [, title, body = ""] = /test\("(.+)", async \(\{ api \}\) => \{\n([\s\S]*)\n\}\);$/.exec(text) ?? [];
  expect(title).toMatch(/^[a-z ]+$/);
  let given: unknown;
  new Function("api", `return (async () => { ${body} })()`)({
    [call.operation]: async (value: unknown) => (given = value),
  });
  expect(given).toEqual(call.body);
});
