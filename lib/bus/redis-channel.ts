import { randomBytes } from "node:crypto";
import type pg from "pg";

const KEY = "bus.redis_channel";

/** The name of this installation's channel in Redis: made once, the same for every process on the database. */
export async function redisChannelOf(pool: pg.Pool): Promise<string> {
  const name = `im_events:${randomBytes(8).toString("hex")}`;
  await pool.query(
    "INSERT INTO installation_facts (key, value, updated_at) VALUES ($1, $2::jsonb, now()) ON CONFLICT (key) DO NOTHING",
    [KEY, JSON.stringify(name)],
  );
  const { rows } = await pool.query<{ value: string }>("SELECT value FROM installation_facts WHERE key = $1", [KEY]);
  return rows[0]?.value ?? name;
}
