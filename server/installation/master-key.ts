import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openAppSecret } from "@/lib/core/apps/app-secret";
import { findApps, findEnvironment } from "@/lib/core/apps/app-store";
import { createSecretBox } from "@/lib/core/secrets";
import type { Database } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import { checkDataDir } from "./data-dir";
import { Failure } from "./failure";
import { dataDirOf } from "./settings";

const keyFileOf = (settings: Env) => path.join(dataDirOf(settings), "master-key");

/** The master key at hand: MASTER_KEY, or the one in the data directory; null when neither is there. */
export function findMasterKey(settings: Env): { key: string; source: string } | null {
  if (settings.MASTER_KEY !== undefined) return { key: settings.MASTER_KEY, source: "MASTER_KEY" };
  const file = keyFileOf(settings);
  try {
    const key = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f]{64}$/.test(key)) return { key, source: file };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Failure(`The master key ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  throw new Failure(`The master key ${file} is damaged: it must be 64 hexadecimal digits. Restore it from a backup.`);
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
 * when the database holds secrets already, since a new key could not open them. Throws `Failure`.
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
  const file = keyFileOf(settings);
  if ((await findApps(db.prisma)).length > 0) {
    throw new Failure(
      `The database holds encrypted secrets, but their master key is missing: set MASTER_KEY, or restore the file ${file} that belongs to this database.`,
    );
  }
  checkDataDir(dataDirOf(settings));
  const key = randomBytes(32).toString("hex");
  try {
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: "wx" });
    return { key, source: file };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Another process made it at this very moment.
    return findMasterKey(settings) ?? { key, source: file };
  }
}
