import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findOperatorsMeant, meansOperator } from "../operators/suggest-operators";
import { beginsWordsOf } from "../search/fold";
import type { UserStatusFilter } from "../users/list-schema";
import { prepareSearch } from "../users/prepare-search";
import { searchUsers } from "../users/user-search-store";
import type { BanCondition } from "./ban-list-store";
import { type BanSearch, findReasonsAndOperators } from "./ban-search-store";

/** Users whom a text may mean, most relevant first: an index search for each. */
const USERS_MAX = 1_000;

/** Looks up what a text means in the bans of an environment: whom, by whom, and which reasons. */
export async function prepareBanSearch(
  context: Context,
  environmentId: EnvironmentId,
  condition: BanCondition,
  text: string,
): Promise<BanSearch> {
  const [{ userIds, manyUsers }, known, lookedAt] = await Promise.all([
    findUsersMeant(context, environmentId, condition, text),
    findOperatorsMeant(context, text),
    findReasonsAndOperators(context.db.prisma, environmentId, condition),
  ]);
  // Operators who are gone, or were called otherwise when they banned.
  const named = lookedAt.operators.filter((operator) => meansOperator(text, { ...operator, email: "" }));
  return {
    userIds,
    operatorIds: [...new Set([...known, ...named.map(({ id }) => id)])],
    reasons: lookedAt.reasons.filter((reason) => beginsWordsOf(text, reason)),
    manyUsers,
    manyBans: lookedAt.manyBans,
  };
}

async function findUsersMeant(
  context: Context,
  environmentId: EnvironmentId,
  { tab, now }: BanCondition,
  text: string,
) {
  const found = async (status: UserStatusFilter) => {
    const condition = { status, created: { from: null, before: null }, now } as const;
    const db = context.db.prisma;
    const search = await prepareSearch(db, environmentId, text, condition);
    const users = await searchUsers(db, environmentId, search, condition, null, USERS_MAX + 1);
    return {
      userIds: users.slice(0, USERS_MAX).map(({ userId }) => userId),
      manyUsers: users.length > USERS_MAX,
    };
  };
  // Of soft-deleted users a ban may still run; only where too many match, those who are merely banned are looked for.
  const all = await found("all");
  return all.manyUsers && tab === "active" ? found("banned") : all;
}
