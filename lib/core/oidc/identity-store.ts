import type { Db } from "@/lib/db/database";

/** Who an account at an issuer is here. */
export interface StoredIdentity {
  /** null: an operator who was removed. */
  readonly operatorId: string | null;
}

/** In place of an issuer: the subject is an e-mail address that was removed, whatever issuer vouches for it. */
const ANY_ISSUER = "";

export function findIdentity(db: Db, issuer: string, subject: string): Promise<StoredIdentity | null> {
  return db.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { operatorId: true },
  });
}

/** Whether an operator has an account at this issuer already. */
export async function hasIdentityAt(db: Db, operatorId: string, issuer: string): Promise<boolean> {
  return (await db.identity.findFirst({ where: { operatorId, issuer }, select: { subject: true } })) !== null;
}

/** Makes an account at an issuer an operator's; one that was left behind by a removed operator as well. */
export async function linkIdentity(
  db: Db,
  { issuer, subject, operatorId, createdAt }: { issuer: string; subject: string; operatorId: string; createdAt: Date },
): Promise<void> {
  await db.identity.upsert({
    where: { issuer_subject: { issuer, subject } },
    create: { issuer, subject, operatorId, createdAt },
    update: { operatorId, createdAt },
  });
}

/** Forgets the accounts at issuers that an operator has. Gives how many there were. */
export async function unlinkIdentities(db: Db, operatorId: string): Promise<number> {
  return (await db.identity.deleteMany({ where: { operatorId } })).count;
}

/** Of an operator who is removed: nobody becomes one by this address again but by invitation. */
export async function keepOut(db: Db, email: string, now: Date): Promise<void> {
  await db.identity.createMany({
    data: { issuer: ANY_ISSUER, subject: email, createdAt: now },
    skipDuplicates: true,
  });
}

export async function isKeptOut(db: Db, email: string): Promise<boolean> {
  return (await findIdentity(db, ANY_ISSUER, email)) !== null;
}

/** Somebody has let the address in again. */
export async function forgetRemovedAddress(db: Db, email: string): Promise<void> {
  await db.identity.deleteMany({ where: { issuer: ANY_ISSUER, subject: email } });
}
