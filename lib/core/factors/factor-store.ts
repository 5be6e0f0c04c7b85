import type { Db } from "@/lib/db/database";

export interface StoredPasskey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly operatorId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: bigint;
  readonly transports: string[];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface StoredApp {
  readonly secretEncrypted: Uint8Array<ArrayBuffer>;
  readonly lastStep: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Oldest first. */
export function findPasskeys(db: Db, operatorId: string): Promise<StoredPasskey[]> {
  return db.passkey.findMany({ where: { operatorId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export function findPasskey(db: Db, id: string): Promise<StoredPasskey | null> {
  return db.passkey.findUnique({ where: { id } });
}

/** False: a passkey of this id is there already. */
export async function insertPasskey(
  db: Db,
  passkey: Omit<StoredPasskey, "lastUsedAt" | "publicKey"> & { publicKey: Uint8Array<ArrayBuffer> },
): Promise<boolean> {
  return (await db.passkey.createMany({ data: passkey, skipDuplicates: true })).count > 0;
}

export async function markPasskeyUsed(db: Db, id: string, counter: number, at: Date): Promise<void> {
  await db.passkey.update({ where: { id }, data: { counter: BigInt(counter), lastUsedAt: at } });
}

export async function deletePasskey(db: Db, operatorId: string, id: string): Promise<StoredPasskey | null> {
  const passkey = await db.passkey.findFirst({ where: { operatorId, id } });
  if (passkey !== null) await db.passkey.delete({ where: { id } });
  return passkey;
}

export function findApp(db: Db, operatorId: string): Promise<StoredApp | null> {
  return db.authenticatorApp.findUnique({ where: { operatorId } });
}

/** Takes the place of an earlier one. */
export async function saveApp(
  db: Db,
  operatorId: string,
  app: { secretEncrypted: Uint8Array<ArrayBuffer>; lastStep: number; createdAt: Date },
): Promise<void> {
  await db.authenticatorApp.upsert({
    where: { operatorId },
    create: { operatorId, ...app },
    update: { ...app, lastUsedAt: null },
  });
}

export async function markAppUsed(db: Db, operatorId: string, lastStep: number, at: Date): Promise<void> {
  await db.authenticatorApp.update({ where: { operatorId }, data: { lastStep, lastUsedAt: at } });
}

export async function deleteAuthenticatorApp(db: Db, operatorId: string): Promise<boolean> {
  return (await db.authenticatorApp.deleteMany({ where: { operatorId } })).count > 0;
}

/** Takes the place of all earlier ones. */
export async function saveRecoveryCodes(db: Db, operatorId: string, codeHashes: readonly string[]): Promise<void> {
  await db.recoveryCode.deleteMany({ where: { operatorId } });
  await db.recoveryCode.createMany({ data: codeHashes.map((codeHash) => ({ operatorId, codeHash })) });
}

export function countRecoveryCodes(db: Db, operatorId: string): Promise<number> {
  return db.recoveryCode.count({ where: { operatorId, usedAt: null } });
}

/** False: there is no such code, or it was used before. */
export async function spendRecoveryCode(db: Db, operatorId: string, hashes: string[], at: Date): Promise<boolean> {
  return (
    (
      await db.recoveryCode.updateMany({
        where: { operatorId, codeHash: { in: hashes }, usedAt: null },
        data: { usedAt: at },
      })
    ).count > 0
  );
}

/** Everything that was a second factor of this operator. Gives how many factors there were. */
export async function deleteFactors(db: Db, operatorId: string): Promise<number> {
  const apps = await db.authenticatorApp.deleteMany({ where: { operatorId } });
  const passkeys = await db.passkey.deleteMany({ where: { operatorId } });
  await db.recoveryCode.deleteMany({ where: { operatorId } });
  return apps.count + passkeys.count;
}

export async function updateSecondFactorSince(db: Db, operatorId: string, since: Date | null): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: { secondFactorSince: since } });
}
