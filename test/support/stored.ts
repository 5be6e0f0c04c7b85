import type { Context } from "@/lib/core/context";
import { sha256 } from "@/lib/core/secrets";

/** What a refused call changes as well: the nonce is used up, the call is counted, and so, seconds later, are those over the limit. */
const VOLATILE = ["request_nonces", "rate_windows", "refused_requests"];

/** Everything that is stored of one environment, in whatever table, as one hash: equal when nothing has changed. */
export async function storedIn(context: Context, environmentId: number): Promise<string> {
  const { rows: tables } = await context.db.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'environment_id' AND table_name <> ALL($1) ORDER BY 1`,
    [VOLATILE],
  );
  const hashes = [];
  for (const { name } of tables) {
    const { rows } = await context.db.pool.query<{ hash: string | null }>(
      `SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS hash FROM "${name}" t WHERE environment_id = $1`,
      [environmentId],
    );
    hashes.push([name, rows[0]?.hash]);
  }
  return sha256(JSON.stringify(hashes));
}
