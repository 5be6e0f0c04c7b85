import type { Db } from "@/lib/db/database";

export type StreamKind = "address" | "file";

export const findStream = (db: Db, kind: StreamKind) => db.auditStream.findUnique({ where: { kind } });

/** A file begins with what comes from now on, unless it is known already. */
export async function beginFile(db: Db, position: bigint): Promise<void> {
  await db.auditStream.createMany({ data: [{ kind: "file", url: "", position }], skipDuplicates: true });
}

/** Sets the address and forgets what went wrong before; `position` where it begins anew, absent: it goes on. */
export async function saveAddress(db: Db, url: string, position?: bigint): Promise<void> {
  const fresh = { url, failures: 0, lastError: "", retryAt: null };
  await db.auditStream.upsert({
    where: { kind: "address" },
    create: { kind: "address", position: position ?? 0n, ...fresh },
    update: { ...fresh, ...(position === undefined ? {} : { position }) },
  });
}

export async function deleteAddress(db: Db): Promise<void> {
  await db.auditStream.deleteMany({ where: { kind: "address" } });
}

/** Up to this seal all was accepted; never goes back, and does nothing for an address that was changed meanwhile. */
export async function moveOn(db: Db, kind: StreamKind, url: string, position: bigint, now: Date): Promise<void> {
  await db.auditStream.updateMany({
    where: { kind, url, position: { lt: position } },
    data: { position, failures: 0, lastError: "", retryAt: null, sentAt: now },
  });
}

export async function noteFailure(
  db: Db,
  kind: StreamKind,
  url: string,
  { error, failures, retryAt }: { error: string; failures: number; retryAt: Date },
): Promise<void> {
  await db.auditStream.updateMany({ where: { kind, url }, data: { lastError: error, failures, retryAt } });
}

/** Seals behind a position that have entries. */
export async function countWaiting(db: Db, position: bigint): Promise<number> {
  return db.auditSeal.count({ where: { number: { gt: position }, removedThrough: null } });
}
