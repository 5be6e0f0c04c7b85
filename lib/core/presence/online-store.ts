import { numberArray, textArray } from "@/lib/db/array-text";
import { createBatch, perDatabase } from "@/lib/db/batch";
import type { Database, Db } from "@/lib/db/database";
import { rowsOf } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { PresentUser } from "./presence-store";

/** Who is online. A user is while a row of theirs is in `connections`. */

const FIND_ONLINE = {
  name: "presence-find-online",
  text: `SELECT i.ordinal FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT FROM connections c WHERE c.environment_id = i.environment_id AND c.user_id = i.user_id LIMIT 1
    ) c`,
};

const asking = perDatabase((db) =>
  createBatch<PresentUser, boolean>({
    maxItems: 200,
    maxInFlight: 3,
    async run(users) {
      const rows = await db.pipeline.run(FIND_ONLINE, [
        numberArray(users.map((user) => user.environmentId)),
        textArray(users.map((user) => user.userId)),
      ]);
      const online = new Set(rows.map(([ordinal]) => Number(ordinal)));
      return users.map((_, index) => online.has(index + 1));
    },
  }),
);

/** Whether the user has a live connection. Concurrent calls share a statement. */
export function isOnline(db: Database, environmentId: EnvironmentId, userId: string): Promise<boolean> {
  return asking(db)({ environmentId, userId });
}

/** Users with a connection and all connections, each counted no further than `limit`. */
export async function countOnline(
  db: Db,
  environmentId: EnvironmentId,
  limit: number,
): Promise<{ users: number; connections: number }> {
  const [row] = await db.$queryRaw<{ users: number; connections: number }[]>`
    SELECT count(*)::int AS connections, count(DISTINCT user_id)::int AS users FROM (
      SELECT user_id FROM connections WHERE environment_id = ${environmentId} ORDER BY user_id LIMIT ${limit}
    ) AS counted`;
  return row ?? { users: 0, connections: 0 };
}
