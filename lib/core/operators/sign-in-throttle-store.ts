import type { Db } from "@/lib/db/database";
import { sha256 } from "../secrets";

/** Failures that cost nothing. */
export const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 15 * 60;
/** Failures older than this are forgotten. */
const FORGET_AFTER_MS = 24 * 3_600_000;

/** How long the e-mail address is locked after so many failures, in seconds: 30 from the fifth on, doubling up to 900. */
export function lockSeconds(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_SECONDS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_SECONDS);
}

export type Reserved =
  | { readonly allowed: true; readonly failures: number }
  | { readonly allowed: false; readonly lockedUntil: Date };

/**
 * Counts a try as a failure before it is checked, in one statement: of any number of guesses at once, no more get
 * through than the rule allows. A try that turns out right takes everything back by `clearFailures`.
 */
export async function reserveTry(db: Db, email: string, now: Date): Promise<Reserved> {
  const emailHash = sha256(email);
  const forgetBefore = new Date(now.getTime() - FORGET_AFTER_MS);
  const [row] = await db.$queryRaw<{ failures: number }[]>`
    INSERT INTO sign_in_throttles AS t (email_hash, failures, last_failure, locked_until)
    VALUES (${emailHash}, 1, ${now}, NULL)
    ON CONFLICT (email_hash) DO UPDATE SET
      failures = CASE WHEN t.last_failure < ${forgetBefore} THEN 1 ELSE t.failures + 1 END,
      last_failure = EXCLUDED.last_failure,
      locked_until = CASE
        WHEN t.last_failure < ${forgetBefore} OR t.failures < ${FREE_FAILURES} THEN NULL
        ELSE EXCLUDED.last_failure + make_interval(secs => least(
          ${FIRST_LOCK_SECONDS} * power(2, least(t.failures - ${FREE_FAILURES}, 16)), ${LONGEST_LOCK_SECONDS}))
      END
    WHERE t.locked_until IS NULL OR t.locked_until <= EXCLUDED.last_failure
    RETURNING failures`;
  if (row !== undefined) return { allowed: true, failures: row.failures };
  const locked = await db.signInThrottle.findUnique({ where: { emailHash } });
  return { allowed: false, lockedUntil: locked?.lockedUntil ?? new Date(now.getTime() + FIRST_LOCK_SECONDS * 1000) };
}

export async function clearFailures(db: Db, email: string): Promise<void> {
  await db.signInThrottle.deleteMany({ where: { emailHash: sha256(email) } });
}

/** Throws away what is long forgotten. */
export async function deleteOldFailures(db: Db, now: Date): Promise<void> {
  await db.signInThrottle.deleteMany({ where: { lastFailure: { lt: new Date(now.getTime() - FORGET_AFTER_MS) } } });
}
