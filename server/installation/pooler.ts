import pg from "pg";

/** Rounds of the question below: whoever else uses the pooler at this moment may hide the answer of one. */
const ROUNDS = 5;

/** What stands between this process and PostgreSQL: nothing, a pooler that keeps a session together, or one that does not. */
export type Pooler = "none" | "session" | "transaction";

/**
 * Finds out. A pooler gives its clients process numbers of its own, for their cancel requests. One that shares sessions gives a
 * client another backend, or gives its backend to somebody else, as soon as it has nothing under way.
 */
export async function findPooler(url: string, client: pg.Client): Promise<Pooler> {
  if ((client as { processID?: unknown }).processID === (await backendOf(client))) return "none";
  const other = new pg.Client({ connectionString: url, application_name: "im-user-service check" });
  other.on("error", () => undefined);
  try {
    await other.connect();
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await backendOf(client);
      await other.query("BEGIN");
      const held = await backendOf(other);
      const after = await backendOf(client);
      await other.query("ROLLBACK");
      if (held === before || after !== before) return "transaction";
    }
    return "session";
  } catch (error) {
    // pgbouncer with pool_mode=statement.
    if (/statement pooling mode/.test(String(error))) return "transaction";
    throw error;
  } finally {
    await other.end();
  }
}

async function backendOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid;
}
