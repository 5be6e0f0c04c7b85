import ipaddr from "ipaddr.js";
import type { Db } from "@/lib/db/database";
import { lockSeconds } from "./sign-in-throttle-store";

/** Failures of one network that cost nothing: an office has many people and one address. */
export const FREE_FAILURES_OF_A_SOURCE = 30;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** All failures at addresses that nobody has. No network is called so. */
const NOBODY = "*";

/**
 * What counts as one source: an IPv4 address, and of IPv6 the /64, which one customer has for himself. Null: not known, and not
 * counted.
 */
export function sourceOf(ip: string): string | null {
  if (!ipaddr.isValid(ip)) return null;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/64`).toString()}/64`;
}

/** Until when a source is kept out; null: it is not. */
export async function findSourceLock(db: Db, source: string, now: Date): Promise<Date | null> {
  const found = await db.signInSource.findUnique({ where: { source }, select: { lockedUntil: true } });
  return found?.lockedUntil != null && found.lockedUntil > now ? found.lockedUntil : null;
}

/** Counts one or several, anew when the first was before `since`. Gives how many there are. */
async function count(db: Db, source: string, now: Date, since: number, by = 1): Promise<number> {
  const before = new Date(now.getTime() - since);
  const [row] = await db.$queryRaw<{ failures: number }[]>`
    INSERT INTO sign_in_sources AS s (source, failures, since, last_failure) VALUES (${source}, ${by}::int, ${now}, ${now})
    ON CONFLICT (source) DO UPDATE SET
      failures = CASE WHEN s.since < ${before} THEN EXCLUDED.failures ELSE least(s.failures::bigint + EXCLUDED.failures, 2000000000)::int END,
      since = CASE WHEN s.since < ${before} THEN EXCLUDED.since ELSE s.since END,
      last_failure = EXCLUDED.last_failure
    RETURNING failures`;
  return row?.failures ?? by;
}

/** Counts one failure of a source, and locks it after too many in a day: 30 seconds, doubling up to 15 minutes. */
export async function countSourceFailure(db: Db, source: string, now: Date): Promise<void> {
  const seconds = lockSeconds(await count(db, source, now, DAY_MS), FREE_FAILURES_OF_A_SOURCE);
  if (seconds === 0) return;
  await db.signInSource.update({ where: { source }, data: { lockedUntil: new Date(now.getTime() + seconds * 1_000) } });
}

/** How often such failures are written down: the first, and then ever more rarely. */
export const isRound = (count: number) => /^[125]0*$/.test(String(count));

/** Counts one failure at an address that nobody has. Gives how many there were within the hour. */
export const countNobodysFailure = (db: Db, now: Date): Promise<number> => count(db, NOBODY, now, HOUR_MS);

/** All sources of a kind together, once there are many of them. */
export const FLOOD = NOBODY;
/** Sources of one kind that are counted apart within an hour. */
const SOURCES_APART = 20;

/**
 * Counts what a source did of one kind within the hour; null is a source that is not known. Beyond twenty sources the others
 * count together, so that whoever has very many addresses fills neither this table nor the log. Gives as what it was counted.
 */
export async function countOfSource(
  db: Db,
  { kind, source }: { readonly kind: string; readonly source: string | null },
  now: Date,
  by: number,
): Promise<{ readonly source: string; readonly total: number }> {
  const counted = source === null ? FLOOD : await apart(db, kind, source, now);
  return { source: counted, total: await count(db, `${kind} ${counted}`, now, HOUR_MS, by) };
}

async function apart(db: Db, kind: string, source: string, now: Date): Promise<string> {
  const known = await db.signInSource.findUnique({ where: { source: `${kind} ${source}` }, select: { since: true } });
  if (known !== null && known.since.getTime() >= now.getTime() - HOUR_MS) return source;
  return (await count(db, `${kind} sources`, now, HOUR_MS)) <= SOURCES_APART ? source : FLOOD;
}

/** Throws away what is long forgotten, at most `limit` rows. Gives how many. */
export async function deleteOldSources(db: Db, now: Date, limit: number): Promise<number> {
  const lastFailure = { lt: new Date(now.getTime() - DAY_MS) };
  return (await db.signInSource.deleteMany({ where: { lastFailure }, limit })).count;
}
