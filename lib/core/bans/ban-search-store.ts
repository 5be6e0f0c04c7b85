import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import {
  type BanCondition,
  type BanKeys,
  banConditionSql,
  banOrder,
  type StoredBan,
  withUsers,
} from "./ban-list-store";

/** Bans that a search finds, in the order of the list (docs/decisions/0073-what-a-search-of-bans-looks-at.md). */

const { sql, join } = Prisma;

/** What a text means in the bans of an environment. */
export interface BanSearch {
  readonly userIds: readonly string[];
  /** Operators who banned. */
  readonly operatorIds: readonly string[];
  /** Reasons among the first `REASONS_LOOKED_AT` bans of the list, as they were written. */
  readonly reasons: readonly string[];
  readonly manyUsers: boolean;
  readonly manyBans: boolean;
}

/** So many bans from the list's beginning have their reasons looked at. */
export const REASONS_LOOKED_AT = 10_000;
/** Bans of one user that are looked at, latest first. */
const BANS_OF_USER_MAX = 1_000;

/** The bans from the list's beginning whose reasons are looked at. */
function lookedAt(environmentId: EnvironmentId, condition: BanCondition): Prisma.Sql {
  const { order } = banOrder(condition.tab, null);
  const where = banConditionSql(environmentId, condition);
  return sql`SELECT * FROM bans AS b WHERE ${where} ORDER BY ${order} LIMIT ${REASONS_LOOKED_AT}`;
}

/** What stands in the bans whose reasons are looked at: reasons as text, operators by id and the name of that time. */
export async function findReasonsAndOperators(
  db: Db,
  environmentId: EnvironmentId,
  condition: BanCondition,
): Promise<{ reasons: string[]; operators: { id: string; name: string }[]; manyBans: boolean }> {
  const rows = await db.$queryRaw<{ kind: "reason" | "operator" | "count"; text: string; id: string | null }[]>`
    WITH looked_at AS MATERIALIZED (${lookedAt(environmentId, condition)})
    SELECT DISTINCT 'reason' AS kind, reason AS text, NULL AS id FROM looked_at WHERE reason <> ''
    UNION ALL
    SELECT DISTINCT 'operator', banned_by_name, banned_by_id FROM looked_at WHERE banned_by_kind = 'operator'
    UNION ALL
    SELECT 'count', count(*)::text, NULL FROM looked_at`;
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted);
  return {
    reasons: of("reason").map(({ text }) => text),
    operators: of("operator").map(({ text, id }) => ({ name: text, id: id ?? "" })),
    manyBans: Number(of("count")[0]?.text ?? 0) >= REASONS_LOOKED_AT,
  };
}

/** Bans of a search beside a place, nearest first. Each way to be meant is a range of an index in the list's order; none twice. */
export function searchBans(
  db: Db,
  environmentId: EnvironmentId,
  condition: BanCondition,
  { userIds, operatorIds, reasons }: BanSearch,
  place: Place<BanKeys> | null,
  limit: number,
): Promise<StoredBan[]> {
  const { order, from } = banOrder(condition.tab, place);
  const where = banConditionSql(environmentId, condition);
  const page = sql`ORDER BY ${order} LIMIT ${limit}`;
  const parts = [
    // The LIMIT that PostgreSQL cannot know makes it plan for few users: an index search for each (docs/decisions/0045).
    sql`(SELECT b.* FROM (SELECT user_id FROM unnest(${[...userIds]}::text[]) AS found(user_id) LIMIT (SELECT 1000000)) AS found
      CROSS JOIN LATERAL (
        SELECT * FROM bans AS b WHERE ${where} AND b.user_id = found.user_id${from}
        ORDER BY b.starts_at DESC LIMIT ${BANS_OF_USER_MAX}
      ) AS b ${page})`,
    ...operatorIds.map(
      (id) => sql`(SELECT b.* FROM bans AS b
        WHERE ${where} AND b.banned_by_kind = 'operator' AND b.banned_by_id = ${id}${from} ${page})`,
    ),
    ...(reasons.length === 0
      ? []
      : [
          sql`(SELECT b.* FROM (${lookedAt(environmentId, condition)}) AS b WHERE b.reason = ANY(${[...reasons]}::text[])${from} ${page})`,
        ]),
  ];
  return withUsers(db, sql`SELECT * FROM (${join(parts, " UNION ")}) AS b ${page}`, order);
}
