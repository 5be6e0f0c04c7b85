import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { openAppSecret } from "@/lib/core/apps/app-secret";
import { findApps } from "@/lib/core/apps/app-store";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { createSecretBox } from "@/lib/core/secrets";
import type { Database } from "@/lib/db/database";
import { createFile, readDurableFile, replaceFile } from "@/lib/durable-file";
import type { Env } from "@/lib/env";
import { checkDataDir } from "./data-dir";
import { Failure } from "./failure";
import { dataDirOf } from "./settings";

const keyFileOf = (settings: Env) => path.join(dataDirOf(settings), "master-key");

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

/** "right" or "wrong" for the secrets that the database holds; "unused" while it holds none. */
export async function tryMasterKey(db: Database, key: string): Promise<"right" | "wrong" | "unused"> {
  const app = (await findApps(db.prisma))[0];
  const stored = app && (await findEnvironment(db.prisma, app.id, "development"));
  if (!stored) return "unused";
  try {
    openAppSecret(createSecretBox(key), stored.ref.appKey, stored.appSecretEncrypted);
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
  const found = findMasterKey(settings) ?? (await createMasterKey(settings, db));
  if ((await tryMasterKey(db, found.key)) === "wrong") {
    throw new Failure(
      `The master key (${found.source}) is not the one that the secrets in the database were encrypted with. Set MASTER_KEY to that key, or restore the file ${keyFileOf(settings)} that belongs to this database.`,
    );
  }
  return found.key;
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
