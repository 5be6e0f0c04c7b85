import type { Context } from "@/lib/core/context";
import { registerUser } from "@/lib/core/users/register-user";
import type { Endpoint } from "@/lib/server-api/endpoint";
import { appServerOf, type TestEnvironment } from "@/test/support/context";

/** Where the examples name users. */
const USER_FIELDS = ["userId", "userIds", "targetId", "targetIds", "targetUserIds", "blockedUserIds", "owner"];

/** What must be there, besides the users that it names, for an endpoint's example to work: by path. */
const PREPARE: Readonly<Record<string, (context: Context, environment: TestEnvironment) => Promise<unknown>>> = {};

/** Registers the users that the endpoint's example names, except where the example itself does, and what else it needs. */
export async function prepareExample(context: Context, environment: TestEnvironment, endpoint: Endpoint) {
  const named = USER_FIELDS.flatMap((field) => endpoint.doc.example.request[field] ?? []);
  for (const userId of new Set(named)) {
    if (typeof userId !== "string" || endpoint.doc.operationId === "issueAccessToken") continue;
    await registerUser(context, appServerOf(environment.ref), { userId, name: `Name of ${userId}` });
  }
  await PREPARE[endpoint.path]?.(context, environment);
}
