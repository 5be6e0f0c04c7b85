import type { Db } from "@/lib/db/database";

export interface StoredPasswordLink {
  readonly operatorId: string;
  readonly expiresAt: Date;
}

/** Takes the place of an earlier one. */
export async function savePasswordLink(
  db: Db,
  { operatorId, ...link }: StoredPasswordLink & { readonly secretHash: string; readonly createdAt: Date },
): Promise<void> {
  await db.passwordLink.upsert({ where: { operatorId }, create: { operatorId, ...link }, update: link });
}

export function findPasswordLink(db: Db, secretHash: string): Promise<StoredPasswordLink | null> {
  return db.passwordLink.findUnique({ where: { secretHash }, select: { operatorId: true, expiresAt: true } });
}

export async function deletePasswordLink(db: Db, operatorId: string): Promise<void> {
  await db.passwordLink.deleteMany({ where: { operatorId } });
}
