import { randomBytes } from "node:crypto";
import { existsSync, renameSync } from "node:fs";
import path from "node:path";
import { openAppSecret } from "@/lib/core/apps/app-secret";
import { findApps } from "@/lib/core/apps/app-store";
import { createSecretBox, masterKeyBytes } from "@/lib/core/secrets";
import type { Database } from "@/lib/db/database";
import type { Queryable } from "@/lib/db/migrate";
import { createFile, readDurableFile, replaceFile, syncFolder } from "@/lib/durable-file";
import type { Env } from "@/lib/env";
import { checkDataDir } from "./data-dir";
import { Failure } from "./failure";
import { dataDirOf } from "./settings";

const keyFileOf = (settings: Env) => path.join(dataDirOf(settings), "master-key");

/** The key that the database is about to be under: there before it is, and until the key's own file has it. */
const nextFileOf = (settings: Env) => `${keyFileOf(settings)}.next`;

/**
 * Has a key survive a power cut before the database is changed to it. `adoptNextKey` is to follow; where that does not come about, the
 * next start finds out which of the two keys the database is under (`loadMasterKey`).
 */
export function keepNextKey(settings: Env, key: string): void {
  checkDataDir(dataDirOf(settings));
  replaceFile(nextFileOf(settings), `${masterKeyBytes(key).toString("hex")}\n`);
}

/** Puts the key that was kept in the place of the one before it. */
export function adoptNextKey(settings: Env): void {
  renameSync(nextFileOf(settings), keyFileOf(settings));
  syncFolder(dataDirOf(settings));
}

const readNextKey = (settings: Env): string | null =>
  settings.MASTER_KEY === undefined ? (readDurableFile(nextFileOf(settings))?.trim() ?? null) : null;

/** The master key at hand: MASTER_KEY, or the one in the data directory; null when neither is there. Throws `Failure`. */
export function findMasterKey(settings: Env): { key: string; source: string } | null {
  if (settings.MASTER_KEY !== undefined) return { key: settings.MASTER_KEY, source: "MASTER_KEY" };
  const file = keyFileOf(settings);
  let key: string | undefined;
  try {
    key = readDurableFile(file)?.trim();
  } catch (error) {
    throw new Failure(`The master key ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  if (key === undefined) return null;
  if (/^[0-9a-f]{64}$/.test(key)) return { key, source: file };
  throw new Failure(`The master key ${file} is damaged: it must be 64 hexadecimal digits. Restore it from a backup.`);
}

/** What is wrong when the database holds secrets and no key is there: one sentence with what to restore. */
export function missingKey(settings: Env): string {
  const file = keyFileOf(settings);
  const missing = existsSync(file) ? `the file of their master key, ${file}, is empty` : "their master key is missing";
  return `The database holds encrypted secrets, but ${missing}: set MASTER_KEY, or restore the file ${file} that belongs to this database.`;
}

/**
 * "right" or "wrong" for the secrets that the database holds; "unused" while it holds none. Asks for what every version's schema has, so
 * that it works before a migration too.
 */
export async function tryMasterKey(db: Queryable, key: string): Promise<"right" | "wrong" | "unused"> {
  const { rows } = await db.query("SELECT app_key, app_secret_encrypted FROM environments ORDER BY id LIMIT 1");
  const [stored] = rows as { app_key: string; app_secret_encrypted: Uint8Array }[];
  if (stored === undefined) return "unused";
  try {
    openAppSecret(createSecretBox(key), stored.app_key, stored.app_secret_encrypted);
    return "right";
  } catch {
    return "wrong";
  }
}

/**
 * The master key of this installation, checked against the secrets in the database. Made on the first start; never
 * when the database holds secrets already, since a new key could not open them. To be called by one process at a time
 * (`alone`). Throws `Failure`.
 */
export async function loadMasterKey(settings: Env, db: Database): Promise<string> {
  const next = await takeNextKey(settings, db);
  if (next !== null) return next;
  const found = findMasterKey(settings) ?? (await createMasterKey(settings, db));
  if ((await tryMasterKey(db.pool, found.key)) === "wrong") {
    throw new Failure(
      `The master key (${found.source}) is not the one that the secrets in the database were encrypted with. Set MASTER_KEY to that key, or restore the file ${keyFileOf(settings)} that belongs to this database.`,
    );
  }
  return found.key;
}

/** The kept key, when a restore or a rotation got as far as the database and no further; null otherwise. */
async function takeNextKey(settings: Env, db: Database): Promise<string | null> {
  const next = readNextKey(settings);
  if (next === null) return null;
  const current = findMasterKey(settings);
  const state = await tryMasterKey(db.pool, next);
  if (state === "wrong" || (current !== null && (await tryMasterKey(db.pool, current.key)) !== "wrong")) return null;
  adoptNextKey(settings);
  return next;
}

async function createMasterKey(settings: Env, db: Database): Promise<{ key: string; source: string }> {
  if ((await findApps(db.prisma)).length > 0) throw new Failure(missingKey(settings));
  checkDataDir(dataDirOf(settings));
  const file = keyFileOf(settings);
  const key = randomBytes(32).toString("hex");
  // An empty one is what a power cut has left of a key that nothing was encrypted with.
  if (existsSync(file)) replaceFile(file, `${key}\n`);
  else if (!createFile(file, `${key}\n`)) return findMasterKey(settings) ?? { key, source: file };
  return { key, source: file };
}
