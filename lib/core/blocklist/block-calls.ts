import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { ErrorCode } from "../errors";
import { lockUsers, userKey } from "../users/locked-users-store";
import { findBlocks, insertBlocks } from "./block-store";

/** One user's wish to block others. */
export interface BlockCall {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly targetIds: readonly string[];
  /** Unix milliseconds */
  readonly at: number;
  /** Most users on a blocklist. */
  readonly limit: number;
}

export type BlockResult =
  | { readonly refused: null; readonly name: string /** Newly blocked. */; readonly blocked: readonly string[] }
  | { readonly refused: Extract<ErrorCode, "user_not_found" | "blocklist_limit_reached"> };

/**
 * Carries out wishes of different users in one transaction: locks everybody, looks, judges, writes. A wish that would
 * overfill the blocklist changes nothing. Unknown targets, and those who are blocked already, are skipped.
 *
 * The targets are locked as well, so that none of them is deleted between the look and the block.
 */
export async function blockFor(run: Run, calls: readonly BlockCall[]): Promise<BlockResult[]> {
  const wishes = calls.flatMap((call) => call.targetIds.map((blockedId) => ({ ...call, blockedId })));
  const users = await lockUsers(run, [...calls, ...wishes.map((wish) => ({ ...wish, userId: wish.blockedId }))]);
  const known = wishes.filter(({ environmentId, blockedId }) => users.has(userKey(environmentId, blockedId)));
  const existing = await findBlocks(run, known);
  const fresh = new Map(calls.map((call) => [userKey(call.environmentId, call.userId), [] as string[]]));
  for (const wish of known) {
    if (!existing.has(wish)) fresh.get(userKey(wish.environmentId, wish.userId))?.push(wish.blockedId);
  }
  const results = calls.map((call): BlockResult => {
    const user = users.get(userKey(call.environmentId, call.userId));
    if (user === undefined) return { refused: "user_not_found" };
    const blocked = fresh.get(userKey(call.environmentId, call.userId)) ?? [];
    if (user.blockedCount + blocked.length > call.limit) return { refused: "blocklist_limit_reached" };
    return { refused: null, name: user.name, blocked };
  });
  const made = calls.flatMap((call, index) => {
    const result = results[index];
    if (result === undefined || result.refused !== null) return [];
    return result.blocked.map((blockedId) => ({ ...call, blockedId, at: new Date(call.at) }));
  });
  if (made.length > 0) await insertBlocks(run, made);
  return results;
}
