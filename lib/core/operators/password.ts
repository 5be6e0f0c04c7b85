import { setTimeout as pause } from "node:timers/promises";
import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { atMost, budget } from "./queues";

/** `Algorithm.Argon2id`: a const enum, which the compiler settings cannot read. */
const ARGON2ID: Algorithm = 2;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Of the four threads that Node has for such work half stay free for files and names of hosts, and whoever sends passwords cannot
 * make the process take more memory than this many times 19 MiB. One is for strangers, so that they keep nobody else waiting.
 */
const ofKnown = atMost(1);
const ofStrangers = atMost(1);

/** Wrong passwords of strangers that a process looks at: a hundred at once, then ten a second, a quarter of one processor. */
const wrongOnes = budget({ most: 100, perSecond: 10 });

export function hashPassword(password: string): Promise<string> {
  return ofKnown(() => hash(password, PARAMETERS));
}

/** Instead of a hash, of an operator who has no password: nothing that is typed is it. */
export const NO_PASSWORD = "";

let dummy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. With `null` (no such operator), or where there is none, it does the same work against a hash
 * that nothing matches, so that the time does not tell which e-mail addresses exist. `stranger`: in the strangers' own queue, and
 * no more often than the budget of wrong ones allows.
 */
export async function verifyPassword(stored: string | null, password: string, stranger: boolean): Promise<boolean> {
  const known = stored !== null && stored !== NO_PASSWORD;
  dummy ??= hashPassword("no operator has this password");
  const against = known ? stored : await dummy;
  const check = async () => (await verify(against, password)) && known;
  if (!stranger) return ofKnown(check);
  return ofStrangers(async () => {
    const wait = wrongOnes.waitMs();
    if (wait > 0) await pause(wait);
    const right = await check();
    if (!right) wrongOnes.spend();
    return right;
  });
}
