import type { Context } from "@/lib/core/context";
import { addFriend } from "@/lib/core/friends/add-friend";
import { addAdmins } from "@/lib/core/groups/change-admins";
import { createGroup } from "@/lib/core/groups/create-group";
import { registerUser } from "@/lib/core/users/register-user";
import type { Endpoint } from "@/lib/server-api/endpoint";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { appServerOf, type TestEnvironment } from "@/test/support/context";

/** Where the examples name users. */
const USER_FIELDS = [
  "newOwner",
  "favoriteIds",
  "userId",
  "userIds",
  "targetId",
  "targetIds",
  "targetUserIds",
  "blockedUserIds",
  "owner",
];

/** The group of the examples: alice01's, with bob7 in it. */
async function exampleGroup(context: Context, environment: TestEnvironment): Promise<void> {
  const actor = appServerOf(environment.ref);
  for (const userId of ["alice01", "bob7"]) await registerUser(context, actor, { userId, name: `Name of ${userId}` });
  await createGroup(context, actor, { groupId: "team-7", name: "Team 7", ownerId: "alice01", userIds: ["bob7"] });
}

/** alice01 and bob7 are friends. */
async function exampleFriends(context: Context, environment: TestEnvironment): Promise<void> {
  await addFriend(context, appServerOf(environment.ref), { userId: "alice01", targetId: "bob7", action: 2 });
}

/** What must be there, besides the users that it names, for an endpoint's example to work: by path. */
const PREPARE: Readonly<Record<string, (context: Context, environment: TestEnvironment) => Promise<unknown>>> = {
  ...Object.fromEntries(
    ENDPOINTS.filter(({ doc }) => doc.group === "Groups" && doc.operationId !== "createGroupChannel").map(
      ({ path }) => [path, exampleGroup],
    ),
  ),
  "/v4/friend/profile/set": exampleFriends,
  "/v4/group-channel/admin/remove": async (context, environment) => {
    await exampleGroup(context, environment);
    await addAdmins(context, appServerOf(environment.ref), { groupId: "team-7", userIds: ["bob7"] });
  },
};

/** Registers the users that the endpoint's example names, except where the example itself does, and what else it needs. */
export async function prepareExample(context: Context, environment: TestEnvironment, endpoint: Endpoint) {
  const named = USER_FIELDS.flatMap((field) => endpoint.doc.example.request[field] ?? []);
  for (const userId of new Set(named)) {
    if (typeof userId !== "string" || endpoint.doc.operationId === "issueAccessToken") continue;
    await registerUser(context, appServerOf(environment.ref), { userId, name: `Name of ${userId}` });
  }
  await PREPARE[endpoint.path]?.(context, environment);
}
