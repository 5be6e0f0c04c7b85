import type { Db } from "@/lib/db/database";
import { lockRow, lockTable } from "@/lib/db/locks";
import type { EnvironmentName, Plan } from "../actor";

export interface StoredApp {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly plan: Plan;
  readonly createdAt: Date;
  /** When it goes with all its data; null: never. */
  readonly expiresAt: Date | null;
  readonly environments: readonly EnvironmentName[];
}

/** All apps, oldest first. */
export async function findApps(db: Db): Promise<StoredApp[]> {
  const rows = await db.app.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: { environments: { select: { name: true }, orderBy: { name: "asc" } } },
  });
  return rows.map((row) => ({ ...row, environments: row.environments.map((environment) => environment.name) }));
}

export async function findApp(db: Db, appId: string): Promise<StoredApp | null> {
  const row = await db.app.findUnique({
    where: { id: appId },
    include: { environments: { select: { name: true }, orderBy: { name: "asc" } } },
  });
  return row === null ? null : { ...row, environments: row.environments.map((environment) => environment.name) };
}

export async function insertApp(
  db: Db,
  app: { id: string; name: string; description: string; plan: Plan; createdAt: Date; expiresAt: Date | null },
) {
  await db.app.create({ data: app });
}

/** Temporary apps whose time is over. */
export async function findExpiredApps(db: Db, now: Date): Promise<string[]> {
  const rows = await db.app.findMany({ where: { expiresAt: { lte: now } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export async function updatePlan(db: Db, appId: string, plan: Plan): Promise<void> {
  await db.app.update({ where: { id: appId }, data: { plan } });
}

export async function updateApp(db: Db, appId: string, data: { name: string; description: string }): Promise<void> {
  await db.app.update({ where: { id: appId }, data });
}

export async function deleteAppRow(db: Db, appId: string): Promise<void> {
  await db.app.delete({ where: { id: appId } });
}

/** Keeps others from changing this app until the transaction ends. */
export async function lockApp(db: Db, appId: string): Promise<void> {
  await lockRow(db, "apps", appId);
}

/** Keeps others from making apps until the transaction ends. */
export async function lockApps(db: Db): Promise<void> {
  await lockTable(db, "apps");
}

export function countApps(db: Db): Promise<number> {
  return db.app.count();
}
