import type pg from "pg";
import { isDiskFull } from "./disk-full";

/** Rows of a page each that the probe writes, 8 MiB: so much must be free again before others try. */
const PAGES = 1_024;

/**
 * Whether PostgreSQL takes what needs room: writes a temporary table of 8 MiB and takes it back, which nobody else sees and standbys do not get. Where
 * the role may not make one it is not known, and counts as yes: the next change finds out. Throws when PostgreSQL cannot be asked.
 */
export async function databaseHasRoom(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    await client.query("CREATE TEMPORARY TABLE room_probe (filling text)");
    await client.query("ALTER TABLE room_probe ALTER COLUMN filling SET STORAGE PLAIN");
    await client.query(`INSERT INTO room_probe SELECT repeat('x', 8000) FROM generate_series(1, ${PAGES})`);
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    if (isForbidden(error)) return true;
    throw error;
  } finally {
    await client.query("ROLLBACK").catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}

/** Has PostgreSQL write down what it holds and give back the part of its log that it needs no more, where this role may ask for it. */
export async function giveBackLog(client: pg.Client): Promise<void> {
  try {
    await client.query("CHECKPOINT");
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
}

const isForbidden = (error: unknown) => (error as { code?: unknown }).code === "42501";
