import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { atMost } from "./queues";

/** `Algorithm.Argon2id`: a const enum, which the compiler settings cannot read. */
const ARGON2ID: Algorithm = 2;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Of the four threads that Node has for such work half stay free for files and names of hosts, and strangers who send
 * passwords cannot make the process take more memory than this many times 19 MiB.
 */
const limited = atMost(2);

export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password, PARAMETERS));
}

/** Instead of a hash, of an operator who has no password: nothing that is typed is it. */
export const NO_PASSWORD = "";

let dummy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. With `null` (no such operator), or where there is none, it does the same work against a hash
 * that nothing matches, so that the time does not tell which e-mail addresses exist.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null && stored !== NO_PASSWORD) return limited(() => verify(stored, password));
  dummy ??= hashPassword("no operator has this password");
  const nobodys = await dummy;
  await limited(() => verify(nobodys, password));
  return false;
}
