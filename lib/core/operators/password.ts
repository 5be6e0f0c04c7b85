import { type Algorithm, hash, verify } from "@node-rs/argon2";

/** `Algorithm.Argon2id`: a const enum, which the compiler settings cannot read. */
const ARGON2ID: Algorithm = 2;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

let dummy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. With `null` (no such operator) it does the same work against a hash
 * that nothing matches, so that the time does not tell which e-mail addresses exist.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, password);
  dummy ??= hashPassword("no operator has this password");
  await verify(await dummy, password);
  return false;
}
