import type { Db } from "@/lib/db/database";

export interface SetupLinkFact {
  /** SHA-256 of the link's secret */
  readonly secretHash: string;
  /** Unix milliseconds */
  readonly expiresAt: number;
}

const SETUP_LINK = "setup_link";

export async function findSetupLink(db: Db): Promise<SetupLinkFact | null> {
  const fact = await db.installationFact.findUnique({ where: { key: SETUP_LINK } });
  return fact === null ? null : (fact.value as unknown as SetupLinkFact);
}

/** Takes the place of any older link. */
export async function saveSetupLink(db: Db, link: SetupLinkFact, now: Date): Promise<void> {
  const value = { secretHash: link.secretHash, expiresAt: link.expiresAt };
  await db.installationFact.upsert({
    where: { key: SETUP_LINK },
    create: { key: SETUP_LINK, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

export async function deleteSetupLink(db: Db): Promise<void> {
  await db.installationFact.deleteMany({ where: { key: SETUP_LINK } });
}
