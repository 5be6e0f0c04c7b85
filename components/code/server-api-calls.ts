/** What the console does, as the call with which an app server does the same. Held against the endpoints by its test. */
export interface ServerApiCall {
  /** The name of the SDK's method. */
  readonly operation: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type UserIds = readonly string[];
type Texts = Readonly<Record<string, string>>;

export const serverApiCalls = {
  issueAccessToken: (body: { userId: string; name: string; avatarUrl?: string }) =>
    call("issueAccessToken", "/v4/auth/access-token/issue", body),
  expireAccessToken: (body: { userIds: UserIds; expiresAt: number }) =>
    call("expireAccessToken", "/v4/auth/access-token/expire", body),
  updateUser: (body: { userId: string; name?: string; avatarUrl?: string }) =>
    call("updateUser", "/v4/user/update", body),
  banUsers: (body: { userIds: UserIds; durationMinutes: number }) => call("banUsers", "/v4/user/ban", body),
  unbanUsers: (body: { userIds: UserIds }) => call("unbanUsers", "/v4/user/unban", body),
  softDeleteUsers: (body: { userIds: UserIds }) => call("softDeleteUsers", "/v4/user/soft-delete", body),
  restoreUsers: (body: { userIds: UserIds }) => call("restoreUsers", "/v4/user/restore", body),
  addFriend: (body: { userId: string; targetId: string; action: 1 | 2 }) => call("addFriend", "/v4/friend/add", body),
  removeFriends: (body: { userId: string; targetIds: UserIds }) => call("removeFriends", "/v4/friend/remove", body),
  removeAllFriends: (body: { userId: string }) => call("removeAllFriends", "/v4/friend/remove-all", body),
  addUserBlocklist: (body: { userId: string; targetUserIds: UserIds }) =>
    call("addUserBlocklist", "/v4/user/blocklist/add", body),
  setUserProfile: (body: { userId: string; userProfile?: Texts; userExtProfile?: Texts }) =>
    call("setUserProfile", "/v4/user/profile/set", body),
  deleteUserProfiles: (body: { userIds: UserIds }) => call("deleteUserProfiles", "/v4/user/profile/delete", body),
  batchSetUserTags: (body: { userIds: UserIds; tags: readonly string[] }) =>
    call("batchSetUserTags", "/v4/user/tag/batch/set", body),
  joinGroupChannel: (body: { channelId: string; userIds: UserIds }) =>
    call("joinGroupChannel", "/v4/group-channel/join", body),
  leaveGroupChannel: (body: { channelId: string; userIds: UserIds }) =>
    call("leaveGroupChannel", "/v4/group-channel/leave", body),
  setGroupMember: (body: { channelId: string; userId: string; nickname?: string }) =>
    call("setGroupMember", "/v4/group-channel/member/set", body),
  updateGroupChannelProfile: (body: {
    channelId: string;
    name?: string;
    groupProfile?: Texts;
    groupExtProfile?: Texts;
  }) => call("updateGroupChannelProfile", "/v4/group-channel/profile/update", body),
  dismissGroupChannel: (body: { channelId: string }) => call("dismissGroupChannel", "/v4/group-channel/dismiss", body),
} as const;

function call(operation: string, path: string, body: object): ServerApiCall {
  return { operation, path, body: { ...body } };
}

/** As a line of JavaScript for a v4 server SDK. */
export function sdkCall({ operation, body }: ServerApiCall): string {
  return `await client.${operation}(${literal(body)});`;
}

/** As a test with the fixtures of the testing package, whose `api` signs with the keys of the app of the test. */
export function playwrightTest(call: ServerApiCall): string {
  const title = call.operation.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [
    'import { test } from "im-user-service/testing/playwright";',
    "",
    `test("${title}", async ({ api }) => {`,
    `  ${sdkCall(call).replace("await client.", "await api.")}`,
    "});",
  ].join("\n");
}

/** JSON as JavaScript is written: keys without quotes where they need none. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return "{}";
  const name = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
  return `{ ${fields.map(([key, field]) => `${name(key)}: ${literal(field)}`).join(", ")} }`;
}
