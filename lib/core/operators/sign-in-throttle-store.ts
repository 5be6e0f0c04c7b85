import type { Db } from "@/lib/db/database";
import { sha256 } from "../secrets";

/** Failures that cost nothing. */
export const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 15 * 60;
/** Failures older than this are forgotten. */
const FORGET_AFTER_MS = 24 * 3_600_000;

/** Whose failures are counted: those at an address, and apart from each other those of everybody who is somebody there already. */
export interface Counted {
  /** Lower case. */
  readonly email: string;
  /** `browser:…` and `session:…` count for themselves; "" are strangers, all together. */
  readonly who: string;
}

/** Strangers who try this address. */
export const strangersAt = (email: string): Counted => ({ email, who: "" });

/** Somebody who is signed in and types the password once more. */
export const signedInAs = ({
  email,
  operatorId,
  sessionId,
}: {
  readonly email: string;
  readonly operatorId: string;
  readonly sessionId?: string;
}): Counted => ({ email, who: `session:${sessionId ?? operatorId}` });

/** How long it is locked after so many failures, in seconds: 30 from the first that costs, doubling up to 900. */
export function lockSeconds(failures: number, free = FREE_FAILURES): number {
  if (failures <= free) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** Math.min(failures - free - 1, 16), LONGEST_LOCK_SECONDS);
}

/** A try whose process has died in the middle holds the others up for so long. Checking a password takes some 20 ms. */
const TRY_LAPSES_MS = 10_000;

export type Reserved =
  /** Yours: check the password, then call `clearFailures` when it was right and `endTry` otherwise. */
  | { readonly outcome: "reserved"; readonly failures: number }
  /** Another try is being checked, and may turn out right: ask again. */
  | { readonly outcome: "taken" }
  | { readonly outcome: "locked"; readonly until: Date };

const keyOf = ({ email, who }: Counted) => ({ emailHash: sha256(email), who });

/**
 * Counts a try as a failure before it is checked, in one statement, and only while no other one of the same is being
 * checked: of any number of guesses at once, in any number of processes, no more are checked than the rule allows. A
 * try that turns out right takes everything back by `clearFailures`.
 */
export async function reserveTry(db: Db, counted: Counted, tryId: string, now: Date): Promise<Reserved> {
  const { emailHash, who } = keyOf(counted);
  const forgetBefore = new Date(now.getTime() - FORGET_AFTER_MS);
  const lapsedBefore = new Date(now.getTime() - TRY_LAPSES_MS);
  const [row] = await db.$queryRaw<{ failures: number }[]>`
    INSERT INTO sign_in_throttles AS t (email_hash, who, failures, last_failure, locked_until, try_id)
    VALUES (${emailHash}, ${who}, 1, ${now}, NULL, ${tryId})
    ON CONFLICT (email_hash, who) DO UPDATE SET
      failures = CASE WHEN t.last_failure < ${forgetBefore} THEN 1 ELSE t.failures + 1 END,
      last_failure = EXCLUDED.last_failure,
      try_id = EXCLUDED.try_id,
      locked_until = CASE
        WHEN t.last_failure < ${forgetBefore} OR t.failures < ${FREE_FAILURES} THEN NULL
        ELSE EXCLUDED.last_failure + make_interval(secs => least(
          ${FIRST_LOCK_SECONDS} * power(2, least(t.failures - ${FREE_FAILURES}, 16)), ${LONGEST_LOCK_SECONDS}))
      END
    WHERE (t.try_id IS NULL OR t.last_failure < ${lapsedBefore})
      AND (t.locked_until IS NULL OR t.locked_until <= EXCLUDED.last_failure)
    RETURNING failures`;
  if (row !== undefined) return { outcome: "reserved", failures: row.failures };
  const found = await db.signInThrottle.findUnique({ where: { emailHash_who: { emailHash, who } } });
  const beingChecked = found !== null && found.tryId !== null && found.lastFailure >= lapsedBefore;
  // What was in the way a moment ago may be gone by now.
  if (found === null || beingChecked || found.lockedUntil === null) return { outcome: "taken" };
  return { outcome: "locked", until: found.lockedUntil };
}

/** The try was checked and stays a failure: the next one may be checked. */
export async function endTry(db: Db, counted: Counted, tryId: string): Promise<void> {
  await db.signInThrottle.updateMany({ where: { ...keyOf(counted), tryId }, data: { tryId: null } });
}

export async function clearFailures(db: Db, counted: Counted): Promise<void> {
  await db.signInThrottle.deleteMany({ where: keyOf(counted) });
}

/** Forgets the failures of everybody at an address. Says whether there were any. */
export async function unlockAddress(db: Db, email: string): Promise<boolean> {
  return (await db.signInThrottle.deleteMany({ where: { emailHash: sha256(email) } })).count > 0;
}

/** Which of the addresses strangers are kept from now, and until when. */
export async function findLockedAddresses(db: Db, emails: readonly string[], now: Date): Promise<Map<string, Date>> {
  const byHash = new Map(emails.map((email) => [sha256(email), email]));
  const rows = await db.signInThrottle.findMany({
    where: { emailHash: { in: [...byHash.keys()] }, who: "", lockedUntil: { gt: now } },
    select: { emailHash: true, lockedUntil: true },
  });
  return new Map(
    rows.flatMap(({ emailHash, lockedUntil }) => {
      const email = byHash.get(emailHash);
      return email === undefined || lockedUntil === null ? [] : [[email, lockedUntil] as const];
    }),
  );
}

/** Throws away what is long forgotten, at most `limit` rows. Gives how many. */
export async function deleteOldFailures(db: Db, now: Date, limit: number): Promise<number> {
  const lastFailure = { lt: new Date(now.getTime() - FORGET_AFTER_MS) };
  return (await db.signInThrottle.deleteMany({ where: { lastFailure }, limit })).count;
}
