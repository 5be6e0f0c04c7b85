import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

/** The newest row of each list, from the end of an index: what came afterwards is new. */

/** When the user was registered who came last; null: there is none. */
export async function newestRegistration(db: Db, environmentId: EnvironmentId): Promise<Date | null> {
  const user = await db.user.findFirst({
    where: { environmentId },
    orderBy: [{ createdAt: "desc" }, { userId: "desc" }],
    select: { createdAt: true },
  });
  return user?.createdAt ?? null;
}

export async function newestDeletion(db: Db, environmentId: EnvironmentId): Promise<Date | null> {
  const user = await db.user.findFirst({
    where: { environmentId, softDeletedAt: { not: null } },
    orderBy: [{ softDeletedAt: "desc" }, { userId: "desc" }],
    select: { softDeletedAt: true },
  });
  return user?.softDeletedAt ?? null;
}

export async function newestBan(db: Db, environmentId: EnvironmentId): Promise<bigint> {
  const ban = await db.ban.findFirst({ where: { environmentId }, orderBy: { id: "desc" }, select: { id: true } });
  return ban?.id ?? 0n;
}

export async function newestAuditEntry(db: Db, environmentId: EnvironmentId): Promise<bigint> {
  const entry = await db.auditEntry.findFirst({
    where: { environmentId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return entry?.id ?? 0n;
}

export async function newestDelivery(db: Db, environmentId: EnvironmentId): Promise<bigint> {
  const event = await db.webhookEvent.findFirst({
    where: { environmentId },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return event?.id ?? 0n;
}
