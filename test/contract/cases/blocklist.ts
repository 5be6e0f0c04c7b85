import { blockUsers } from "@/lib/core/blocklist/block-users";
import type { Context } from "@/lib/core/context";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, type TestEnvironment } from "@/test/support/context";
import { type EndpointCase, pageToken, userId, userIds, wholeNumber } from "./shared";

/** The other user of a body about `id`. */
const other = (id: string) => `${id}-blocked`;

async function registerOther(context: Context, { ref }: TestEnvironment, id: string): Promise<void> {
  await registerUser(context, appServerOf(ref), { userId: other(id), name: "Other" });
}

async function blockOther(context: Context, environment: TestEnvironment, id: string): Promise<void> {
  await registerOther(context, environment, id);
  await blockUsers(context, appServerOf(environment.ref), { userId: id, targetUserIds: [other(id)] });
}

/** Contract section 13. */
export const BLOCKLIST_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/blocklist/add",
    limit: 100,
    prepare: registerOther,
    body: (id) => ({ userId: id, targetUserIds: [other(id), "nobody"] }),
    fields: { userId, targetUserIds: userIds },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/user/blocklist/remove",
    limit: 100,
    prepare: blockOther,
    body: (id) => ({ userId: id, blockedUserIds: [other(id)] }),
    fields: { userId, blockedUserIds: userIds },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/user/blocklist/get",
    limit: 100,
    prepare: blockOther,
    body: (id) => ({ userId: id, pageSize: 1000 }),
    fields: { userId, pageToken: pageToken(1002), pageSize: wholeNumber(false, 1, 1000) },
    result: (id) => ({ blockedUserIds: [other(id)] }),
    unknownId: 400,
  },
];
