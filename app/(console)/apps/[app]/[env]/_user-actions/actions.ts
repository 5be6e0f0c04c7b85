"use server";

import { z } from "zod";
import { defineAction } from "@/lib/console/action";
import { banConnectedUsers } from "@/lib/core/bans/ban-connected-users";
import { BanUsersSchema, UnbanUsersSchema } from "@/lib/core/bans/schema";
import { unbanUsers } from "@/lib/core/bans/unban-users";
import { deleteTestUser } from "@/lib/core/deletion/delete-test-user";
import { SetDirectMuteSchema } from "@/lib/core/direct-mute/schema";
import { setDirectMute } from "@/lib/core/direct-mute/set-direct-mute";
import { AwaitOfflineSchema, awaitOffline } from "@/lib/core/presence/await-offline";
import { restoreUsers } from "@/lib/core/soft-delete/restore-users";
import { RestoreUsersSchema } from "@/lib/core/soft-delete/schema";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { issueTestToken } from "@/lib/core/tokens/issue-test-token";
import { registerNewUser } from "@/lib/core/users/register-new-user";
import { GetUserSchema, MAX_USER_IDS, RegisterUserSchema, userIdList } from "@/lib/core/users/schema";

export const registerUserAction = defineAction({
  schema: RegisterUserSchema,
  permission: "users.register",
  run: registerNewUser,
});

export const banUsersAction = defineAction({
  schema: BanUsersSchema,
  permission: "users.ban",
  run: banConnectedUsers,
});

/** How many connections of users who were banned are still open, after two seconds at most. */
export const awaitOfflineAction = defineAction({
  schema: AwaitOfflineSchema,
  permission: "users.read",
  run: awaitOffline,
});

export const unbanUsersAction = defineAction({
  schema: UnbanUsersSchema,
  permission: "users.ban",
  run: unbanUsers,
});

export const restoreUsersAction = defineAction({
  schema: RestoreUsersSchema,
  permission: "users.restore",
  run: restoreUsers,
});

/** Refuses every token issued before now, by the server's clock. Gives the ids that exist and the moment. */
export const invalidateTokensAction = defineAction({
  schema: z.object({ userIds: userIdList(MAX_USER_IDS) }),
  permission: "users.invalidate_tokens",
  run: async (context, actor, { userIds }) => {
    const validFrom = context.now();
    const known = await expireTokens(context, actor, { userIds, expiresAt: validFrom });
    return { userIds: known.userIds, validFrom: new Date(validFrom) };
  },
});

/** Development only; the token is in the answer and nowhere else. */
export const issueTestTokenAction = defineAction({
  schema: GetUserSchema,
  permission: "users.issue_test_token",
  run: issueTestToken,
});

/** Development only, with the id typed once more. */
export const deleteTestUserAction = defineAction({
  schema: z.object({ userId: z.string(), confirmation: z.string() }),
  permission: "users.delete_test",
  run: deleteTestUser,
});

export const setDirectMuteAction = defineAction({
  schema: SetDirectMuteSchema,
  permission: "users.mute",
  run: setDirectMute,
});
