import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentClock, EnvironmentId, EnvironmentName, EnvironmentRef, Plan } from "../actor";
import { DEFAULT_USER_LIMIT } from "../quota/facts";

interface EnvironmentRow extends ClockColumns {
  id: number;
  appId: string;
  name: EnvironmentName;
  appKey: string;
  userLimit: number | null;
  app: { name: string; plan: Plan };
}

const withApp = { app: { select: { name: true, plan: true } } } as const;

/** The columns that say which clock an environment has. */
export interface ClockColumns {
  readonly clockAheadMs: bigint | null;
  readonly clockStartedAt: Date | null;
}

export const clockOf = (row: ClockColumns): EnvironmentClock | null =>
  row.clockAheadMs === null || row.clockStartedAt === null
    ? null
    : { aheadMs: Number(row.clockAheadMs), startedAt: row.clockStartedAt.getTime() };

const toRef = (row: EnvironmentRow): EnvironmentRef => ({
  id: row.id as EnvironmentId,
  appId: row.appId,
  appName: row.app.name,
  name: row.name,
  appKey: row.appKey,
  plan: row.app.plan,
  userLimit: row.name === "development" ? (row.userLimit ?? DEFAULT_USER_LIMIT) : null,
  clock: clockOf(row),
});

export interface StoredEnvironment {
  readonly ref: EnvironmentRef;
  readonly appSecretEncrypted: Uint8Array;
  readonly secretRefreshedAt: Date;
  readonly createdAt: Date;
}

/** The environments with these App Keys, by App Key; unknown ones are missing. */
export async function findEnvironmentsByAppKeys(
  db: Db,
  appKeys: readonly string[],
): Promise<Map<string, StoredEnvironment>> {
  const rows = await db.environment.findMany({ where: { appKey: { in: [...appKeys] } }, include: withApp });
  return new Map(rows.map((row) => [row.appKey, { ...row, ref: toRef(row) }]));
}

export async function findEnvironment(db: Db, appId: string, name: EnvironmentName): Promise<StoredEnvironment | null> {
  const row = await db.environment.findUnique({ where: { appId_name: { appId, name } }, include: withApp });
  return row === null ? null : { ...row, ref: toRef(row) };
}

/** The environments with these numbers, by number; unknown ones are missing. */
export async function findEnvironmentsByIds(
  db: Db,
  ids: readonly EnvironmentId[],
): Promise<Map<EnvironmentId, EnvironmentRef & { readonly createdAt: Date }>> {
  const rows = await db.environment.findMany({ where: { id: { in: [...ids] } }, include: withApp });
  return new Map(rows.map((row) => [row.id as EnvironmentId, { ...toRef(row), createdAt: row.createdAt }]));
}

/** The environments of an app, Development first. */
export async function findEnvironments(db: Db, appId: string): Promise<EnvironmentRef[]> {
  const rows = await db.environment.findMany({ where: { appId }, include: withApp, orderBy: { name: "asc" } });
  return rows.map(toRef);
}

const LOCK_ENVIRONMENTS = {
  name: "environments-lock",
  text: "SELECT id FROM environments WHERE id = ANY($1::int[]) ORDER BY id FOR UPDATE",
};

/** Keeps others from registering in these environments, where they lock them for that, until the transaction ends. */
export async function lockEnvironments(run: Run, environmentIds: readonly EnvironmentId[]): Promise<void> {
  await run(LOCK_ENVIRONMENTS, [environmentIds]);
}

export async function insertEnvironment(
  db: Db,
  environment: {
    appId: string;
    name: EnvironmentName;
    appKey: string;
    appSecretEncrypted: Uint8Array<ArrayBuffer>;
    createdAt: Date;
  },
): Promise<EnvironmentRef> {
  const row = await db.environment.create({
    data: { ...environment, secretRefreshedAt: environment.createdAt },
    include: withApp,
  });
  return toRef(row);
}

export async function updateUserLimit(db: Db, environmentId: EnvironmentId, userLimit: number): Promise<void> {
  await db.environment.update({ where: { id: environmentId }, data: { userLimit } });
}

export async function updateAppSecret(
  db: Db,
  environmentId: EnvironmentId,
  appSecretEncrypted: Uint8Array<ArrayBuffer>,
  secretRefreshedAt: Date,
): Promise<void> {
  await db.environment.update({ where: { id: environmentId }, data: { appSecretEncrypted, secretRefreshedAt } });
}
