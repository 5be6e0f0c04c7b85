import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import type { StoredOperator } from "./operator-store";
import { verifyPassword } from "./password";
import { oneAtATime } from "./queues";
import { type Counted, clearFailures, endTry, reserveTry } from "./sign-in-throttle-store";

/** How soon to ask again while another process checks a try of the same address. */
const ASK_AGAIN_MS = 50;
/** Longer than a try of a process that has died is in the way, and shorter than people wait for a page. */
const WAIT_AT_MOST_MS = 15_000;
/** Tries of strangers that a process holds at a time: the last of them waits some six seconds where all are wrong. */
const STRANGERS_AT_MOST = 64;

/** "30 seconds", "2 minutes": rounded up, so that it is never too early. */
export function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

export interface Tried<T> {
  /** What `accept` gave; null when what was typed was wrong, or nobody has this address, or `accept` gave null. */
  readonly accepted: T | null;
  readonly operator: StoredOperator | null;
  /** Failures in a row, this one included; only of meaning when nothing was accepted. */
  readonly failures: number;
}

const byCounted = oneAtATime();
let strangers = 0;

/** Reserves a try as soon as no other process is checking one. Throws `sign_in_locked`, `rate_limited`. */
async function reserved(context: Context, counted: Counted, tryId: string, until: number): Promise<number> {
  while (performance.now() < until) {
    const now = context.now();
    const reserved = await reserveTry(context.db.prisma, counted, tryId, new Date(now));
    if (reserved.outcome === "reserved") return reserved.failures;
    if (reserved.outcome === "locked") {
      throw new AppError("sign_in_locked", {
        message: `Too many failed sign-ins. Try again in ${inWords(reserved.until.getTime() - now)}.`,
        retryAfterMs: reserved.until.getTime() - now,
      });
    }
    await pause(ASK_AGAIN_MS);
  }
  throw new AppError("rate_limited", { message: "Too many sign-ins with this address at once. Try again." });
}

interface Try<T> {
  readonly find: () => Promise<StoredOperator | null>;
  /** Whether what was typed is right. With null (no such operator) it takes the same time, and is not. */
  readonly check: (operator: StoredOperator | null) => Promise<boolean>;
  readonly accept: (operator: StoredOperator) => Promise<T | null>;
}

/**
 * Checks something typed under the rule of failed sign-ins (docs/decisions/0101): tries that count together are checked one
 * after another and each counts as a failure until it turns out right, so that guesses sent at once are no more than
 * guesses one by one, and right ones sent at once are all let in. `accept` runs when it is right; its
 * transaction forgets the failures by `clearFailures`, or it gives null and the try stays a failure. Throws
 * `sign_in_locked` while it is locked, `rate_limited` after 15 s in the queue.
 */
export function tryToProve<T>(context: Context, counted: Counted, { find, check, accept }: Try<T>): Promise<Tried<T>> {
  const until = performance.now() + WAIT_AT_MOST_MS;
  return byCounted(`${counted.who}\n${counted.email}`, async () => {
    const tryId = newId.request();
    const failures = await reserved(context, counted, tryId, until);
    let accepted: T | null = null;
    let wrong = true;
    try {
      const operator = await find();
      if (await check(operator)) {
        wrong = false;
        accepted = operator === null ? null : await accept(operator);
        wrong = accepted === null;
      }
      return { accepted, operator, failures };
    } finally {
      if (wrong) await endTry(context.db.prisma, counted, tryId);
      // What the right one was typed for has failed: that is nobody's guess.
      else if (accepted === null) await clearFailures(context.db.prisma, counted);
    }
  });
}

/** `tryToProve` with a password. Strangers have a queue of their own; throws `rate_limited` where that is full. */
export async function tryPassword<T>(
  context: Context,
  counted: Counted,
  password: string,
  { find, accept }: Pick<Try<T>, "find" | "accept">,
): Promise<Tried<T>> {
  const stranger = counted.who === "";
  if (stranger && strangers >= STRANGERS_AT_MOST) {
    throw new AppError("rate_limited", { message: "Too many people are signing in right now. Try again in a moment." });
  }
  if (stranger) strangers += 1;
  try {
    const check = (operator: StoredOperator | null) =>
      verifyPassword(operator?.passwordHash ?? null, password, stranger);
    return await tryToProve(context, counted, { find, check, accept });
  } finally {
    if (stranger) strangers -= 1;
  }
}
