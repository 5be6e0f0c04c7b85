import { type Actor, environmentOf, requireOnBehalfOf } from "../actor";
import { changeOwned, isAudited } from "../audit/change-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { publishAfterCommit } from "../publish";
import { lockUsers, userKey } from "../users/locked-users-store";
import { blockNow } from "./block-batch-store";
import { type BlockCall, type BlockResult, blockFor, publishBlocked } from "./block-calls";
import { deleteBlocks } from "./block-store";
import {
  type BlockUsersInput,
  BlockUsersSchema,
  MAX_BLOCKED,
  type UnblockUsersInput,
  UnblockUsersSchema,
} from "./schema";

/**
 * Puts users on a user's blocklist: their direct messages and friend requests are refused from now on. Friendship stays.
 * Unknown targets are skipped; who is blocked already stays as he is. Gives the newly blocked. Throws `user_not_found`,
 * `blocklist_limit_reached` with nothing changed, and `invalid_parameter` for oneself (contract section 13).
 */
export async function blockUsers(
  context: Context,
  actor: Actor,
  input: BlockUsersInput,
  limit = MAX_BLOCKED,
): Promise<{ blocked: readonly string[] }> {
  const { userId, targetUserIds } = BlockUsersSchema.parse(input);
  requireOnBehalfOf(actor, "blocklist.change", userId);
  if (targetUserIds.includes(userId)) {
    throw new AppError("invalid_parameter", {
      field: "targetUserIds",
      message: "targetUserIds must not name the user: nobody blocks themselves.",
    });
  }
  const { id: environmentId } = environmentOf(actor);
  const call = { environmentId, userId, targetIds: targetUserIds, at: context.now(), limit };
  const result = isAudited(actor) ? await blockAudited(context, actor, call) : await blockNow(context, call);
  if (result.refused === "user_not_found") throw new AppError(result.refused, { field: "userId" });
  if (result.refused !== null) {
    const message = `The blocklist is full: it holds at most ${limit} users.`;
    throw new AppError(result.refused, { field: "targetUserIds", message });
  }
  return { blocked: result.blocked };
}

async function blockAudited(context: Context, actor: Actor, call: BlockCall): Promise<BlockResult> {
  const result = await changeOwned(context, actor, async ({ run, audit }) => {
    const [made] = await blockFor(run, [call]);
    if (made === undefined) throw new Error("blocklist: one call has one result");
    if (made.refused === null && made.blocked.length > 0) {
      const target = { kind: "user", id: call.userId, name: made.name } as const;
      await audit([{ action: "blocklist.added", target, after: { blocked: made.blocked } }]);
    }
    return made;
  });
  await publishBlocked(context, [call], [result]);
  return result;
}

/**
 * Takes users off a user's blocklist; who is not on it is skipped. Gives those who were, in the order given. Throws
 * `user_not_found` (contract section 13).
 */
export async function unblockUsers(
  context: Context,
  actor: Actor,
  input: UnblockUsersInput,
): Promise<{ unblocked: string[] }> {
  const { userId, blockedUserIds } = UnblockUsersSchema.parse(input);
  requireOnBehalfOf(actor, "blocklist.change", userId);
  const { id: environmentId } = environmentOf(actor);
  const unblocked = await changeOwned(context, actor, async ({ run, audit }) => {
    const users = await lockUsers(run, [{ environmentId, userId }]);
    const user = users.get(userKey(environmentId, userId));
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const gone = await deleteBlocks(run, environmentId, userId, blockedUserIds);
    const ids = blockedUserIds.filter((id) => gone.has(id));
    const target = { kind: "user", id: userId, name: user.name } as const;
    if (ids.length > 0) await audit([{ action: "blocklist.removed", target, before: { blocked: ids } }]);
    return ids;
  });
  if (unblocked.length > 0) {
    const lists = [{ userId, userIds: unblocked }];
    await publishAfterCommit(context, { type: "blocklist.changed", environmentId, lists, blocked: false });
  }
  return { unblocked };
}
