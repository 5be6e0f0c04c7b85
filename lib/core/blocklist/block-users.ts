import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { executeTogether } from "../command/execute-together";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { lockUsers, userKey } from "../users/locked-users-store";
import { type BlockCall, blockFor } from "./block-calls";
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
  return { blocked: await blockTogether(context, actor, call) };
}

const blockTogether = executeTogether<BlockCall, readonly string[]>({
  maxCommands: 50,
  maxInFlight: 2,
  keysOf: ({ userId }) => [userId],
  async run(run, environmentId, commands) {
    const results = await blockFor(
      run,
      commands.map(({ input }) => input),
    );
    return commands.map(({ input: { userId, limit } }, index) => {
      const result = results[index];
      if (result === undefined) throw new Error("blocklist: each call has a result");
      if (result.refused === "user_not_found") return new AppError(result.refused, { field: "userId" });
      if (result.refused !== null) {
        const message = `The blocklist is full: it holds at most ${limit} users.`;
        return new AppError(result.refused, { field: "targetUserIds", message });
      }
      const { blocked, name } = result;
      if (blocked.length === 0) return { result: blocked };
      const target = { kind: "user", id: userId, name } as const;
      return {
        result: blocked,
        audit: [{ action: "blocklist.added", target, after: { blocked } }],
        events: [{ type: "blocklist.changed", environmentId, lists: [{ userId, userIds: blocked }], blocked: true }],
      };
    });
  },
});

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
  return unblock(context, actor, { userId, blockedUserIds });
}

const unblock = executeSideBySide<z.output<typeof UnblockUsersSchema>, { unblocked: string[] }>({
  keysOf: ({ userId }) => [userId],
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.map(({ userId }) => ({ environmentId, userId })),
    ),
  async command(run, { actor, input: { userId, blockedUserIds } }) {
    const { id: environmentId } = environmentOf(actor);
    const users = await lockUsers(run, [{ environmentId, userId }]);
    const user = users.get(userKey(environmentId, userId));
    if (user === undefined) throw new AppError("user_not_found", { field: "userId" });
    const gone = await deleteBlocks(run, environmentId, userId, blockedUserIds);
    const unblocked = blockedUserIds.filter((id) => gone.has(id));
    if (unblocked.length === 0) return { result: { unblocked } };
    const target = { kind: "user", id: userId, name: user.name } as const;
    return {
      result: { unblocked },
      audit: [{ action: "blocklist.removed", target, before: { blocked: unblocked } }],
      events: [{ type: "blocklist.changed", environmentId, lists: [{ userId, userIds: unblocked }], blocked: false }],
    };
  },
});
