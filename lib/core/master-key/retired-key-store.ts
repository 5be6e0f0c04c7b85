import { z } from "zod";
import type { Db } from "@/lib/db/database";
import { createSecretBox, deriveFrom, type RetiredKey, type SecretBox } from "../secrets";

/**
 * The master keys that were rotated out, sealed with the one of now: audit seals, webhook secrets and recovery codes follow from them and
 * cannot be made anew without the help of those who rely on them.
 */

const KEY = "retired_master_keys";
const SEALED_FOR = "retired master keys";

const SealedSchema = z.object({ sealed: z.string() });

const StoredSchema = z.array(
  z.object({
    /** 64 hexadecimal digits. */
    masterKey: z.string(),
    retiredAt: z.string(),
    sealsThrough: z.string(),
    webhookSecrets: z.record(z.string(), z.int()),
  }),
);
/** One of them as it is stored; latest first. */
export type StoredRetiredKey = z.infer<typeof StoredSchema>[number];

/** The master key is not the one that this database is under. */
export class WrongMasterKey extends Error {
  constructor() {
    super("MASTER_KEY is not the key that the secrets in the database are sealed with.");
    this.name = "WrongMasterKey";
  }
}

/** Throws `WrongMasterKey`. */
export async function findRetiredKeys(db: Db, secrets: SecretBox): Promise<StoredRetiredKey[]> {
  const fact = await db.installationFact.findUnique({ where: { key: KEY }, select: { value: true } });
  if (fact === null) return [];
  const { sealed } = SealedSchema.parse(fact.value);
  let clear: string;
  try {
    clear = secrets.decrypt(Buffer.from(sealed, "base64"), SEALED_FOR);
  } catch {
    throw new WrongMasterKey();
  }
  return StoredSchema.parse(JSON.parse(clear));
}

export async function saveRetiredKeys(
  db: Db,
  secrets: SecretBox,
  keys: readonly StoredRetiredKey[],
  now: Date,
): Promise<void> {
  const value = { sealed: Buffer.from(secrets.encrypt(JSON.stringify(keys), SEALED_FOR)).toString("base64") };
  await db.installationFact.upsert({
    where: { key: KEY },
    create: { key: KEY, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

const asRetiredKey = ({ masterKey, sealsThrough, webhookSecrets }: StoredRetiredKey): RetiredKey => {
  const root = Buffer.from(masterKey, "hex");
  return { derive: (purpose) => deriveFrom(root, purpose), sealsThrough: BigInt(sealsThrough), webhookSecrets };
};

/**
 * The secret box of a master key, with the keys before it that the database remembers. Throws `WrongMasterKey`. A database that no
 * migration was ever applied to remembers none.
 */
export async function openSecretBox(db: Db, masterKey: string): Promise<SecretBox> {
  try {
    const retired = await findRetiredKeys(db, createSecretBox(masterKey));
    return createSecretBox(masterKey, retired.map(asRetiredKey));
  } catch (error) {
    if (isMissingTable(error)) return createSecretBox(masterKey);
    throw error;
  }
}

/** P2021: Prisma's code of a table that does not exist. */
const isMissingTable = (error: unknown) => (error as { code?: string }).code === "P2021";
