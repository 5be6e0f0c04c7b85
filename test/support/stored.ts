import type { Context } from "@/lib/core/context";
import { sha256 } from "@/lib/core/secrets";

/**
 * What a refused call changes as well: the nonce is used up, the call is counted, and so, seconds later, are those over the limit. What
 * was recorded before is sealed in the background.
 */
const VOLATILE = ["request_nonces", "rate_windows", "refused_requests", "audit_seals"];

let question: Promise<string> | undefined;

/** One statement about every table: asked table by table, the round trips would take longer than the answers. */
async function wholeQuestion({ db }: Context): Promise<string> {
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'environment_id' AND table_name <> ALL($1) ORDER BY 1`,
    [VOLATILE],
  );
  return rows
    .map(
      ({ name }) =>
        `SELECT '${name}' AS name, md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS hash FROM "${name}" t WHERE environment_id = $1`,
    )
    .join("\nUNION ALL ");
}

/** Everything that is stored of one environment, in whatever table, as one hash: equal when nothing has changed. */
export async function storedIn(context: Context, environmentId: number): Promise<string> {
  question ??= wholeQuestion(context);
  const { rows } = await context.db.pool.query<{ name: string; hash: string | null }>({
    name: "stored",
    text: await question,
    values: [environmentId],
  });
  return sha256(JSON.stringify(rows.map(({ name, hash }) => [name, hash])));
}
