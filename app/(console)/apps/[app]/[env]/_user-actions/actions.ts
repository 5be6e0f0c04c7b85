"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { banConnectedUsers } from "@/lib/core/bans/ban-connected-users";
import type { BanUsersInput, UnbanUsersInput } from "@/lib/core/bans/schema";
import { unbanSeenUsers } from "@/lib/core/bans/unban-users";
import { undoBans } from "@/lib/core/bans/undo-bans";
import { planBulk } from "@/lib/core/bulk/plan-bulk";
import { startBulk } from "@/lib/core/bulk/start-bulk";
import { deleteTestUser } from "@/lib/core/deletion/delete-test-user";
import { setDirectMute } from "@/lib/core/direct-mute/set-direct-mute";
import { awaitOffline } from "@/lib/core/presence/await-offline";
import { restoreUsers } from "@/lib/core/soft-delete/restore-users";
import { invalidateTokens } from "@/lib/core/tokens/invalidate-tokens";
import { issueTestToken } from "@/lib/core/tokens/issue-test-token";
import { registerNewUser } from "@/lib/core/users/register-new-user";

export const registerUserAction = defineAction({
  permission: "users.register",
  run: registerNewUser,
});

export const banUsersAction = defineAction({
  permission: "users.ban",
  run: (context, actor, input: Seeing<BanUsersInput>) => banConnectedUsers(context, actor, input),
});

/** How many connections of users who were banned are still open, after two seconds at most. */
export const awaitOfflineAction = defineAction({
  permission: "users.read",
  run: awaitOffline,
});

export const unbanUsersAction = defineAction({
  permission: "users.ban",
  run: (context, actor, input: Seeing<UnbanUsersInput>) => unbanSeenUsers(context, actor, input),
});

/** Takes back what a ban or an unban has done, unless somebody has changed it since. */
export const undoBansAction = defineAction({
  permission: "users.ban",
  run: undoBans,
});

export const restoreUsersAction = defineAction({
  permission: "users.restore",
  run: restoreUsers,
});

/** Refuses every token issued before now, by the server's clock. Gives the ids that exist and the moment. */
export const invalidateTokensAction = defineAction({
  permission: "users.invalidate_tokens",
  run: invalidateTokens,
});

/** Development only; the token is in the answer and nowhere else. */
export const issueTestTokenAction = defineAction({
  permission: "users.issue_test_token",
  run: issueTestToken,
});

/** Development only, with the id typed once more. */
export const deleteTestUserAction = defineAction({
  permission: "users.delete_test",
  run: deleteTestUser,
});

export const setDirectMuteAction = defineAction({
  permission: "users.mute",
  run: setDirectMute,
});

/** Whom an act on many users would change, and whom not and why. Which role that needs the use case knows. */
export const planBulkAction = defineAction({ permission: "jobs.start", run: planBulk });

/** Starts the job that does what a dry run has shown. */
export const startBulkAction = defineAction({ permission: "jobs.start", run: startBulk });
