import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import { BASIC_TEXT_SCHEMAS } from "./schema";

const { sql, join } = Prisma;

/** Users who may share one e-mail address, of whom a search shows this many first. */
const MOST = 20;

/** Those whose hosted `uniqueId` or e-mail address is exactly this text; the case of an address does not count. */
export async function findIdsOfProfiles(db: Db, environmentId: EnvironmentId, text: string): Promise<string[]> {
  const mine = sql`environment_id = ${environmentId}`;
  const ways = [
    ...(BASIC_TEXT_SCHEMAS.uniqueId.safeParse(text).success ? [sql`${mine} AND unique_id = ${text}`] : []),
    // The expression is that of user_profiles_email_idx.
    ...(text.includes("@")
      ? [
          sql`${mine} AND lower((basic->>'email') COLLATE "C") = lower(${text}::text COLLATE "C") AND (basic->>'email') IS NOT NULL`,
        ]
      : []),
  ];
  if (ways.length === 0) return [];
  const parts = ways.map((way) => sql`(SELECT user_id FROM user_profiles WHERE ${way} ORDER BY user_id LIMIT ${MOST})`);
  const rows = await db.$queryRaw<{ userId: string }[]>`
    SELECT DISTINCT user_id AS "userId" FROM (${join(parts, " UNION ALL ")}) AS found`;
  return rows.map(({ userId }) => userId);
}
