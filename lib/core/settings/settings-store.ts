import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";

export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
  readonly updatedAt: Date;
  readonly updatedByName: string;
}

export interface StoredSettings {
  readonly version: number;
  readonly rows: readonly StoredSetting[];
}

/**
 * The settings that differ from their defaults, and the version of the whole. The version is read first: of a change
 * between the two looks the values are seen and the version is not, so that whoever saves on it is refused.
 */
export async function readSettings(db: Db, environmentId: EnvironmentId): Promise<StoredSettings> {
  const environment = await db.environment.findUnique({
    where: { id: environmentId },
    select: { settingsVersion: true },
  });
  const rows = await db.setting.findMany({
    where: { environmentId },
    select: { key: true, value: true, updatedAt: true, updatedByName: true },
  });
  return { version: environment?.settingsVersion ?? 1, rows };
}

/**
 * Moves the version from `version` to the next one. False when another change has moved it already; when true, no other
 * change gets in before this transaction ends.
 */
export async function claimSettingsVersion(db: Db, environmentId: EnvironmentId, version: number): Promise<boolean> {
  const { count } = await db.environment.updateMany({
    where: { id: environmentId, settingsVersion: version },
    data: { settingsVersion: { increment: 1 } },
  });
  return count === 1;
}

/** Moves the version to the next one, whatever it is, and gives it; no other change gets in before the transaction ends. */
export async function nextSettingsVersion(db: Db, environmentId: EnvironmentId): Promise<number> {
  const { settingsVersion } = await db.environment.update({
    where: { id: environmentId },
    data: { settingsVersion: { increment: 1 } },
    select: { settingsVersion: true },
  });
  return settingsVersion;
}

/** What one request changed, as its audit entry keeps it; undefined when it changed none of the settings. */
export async function findSettingsChange(
  db: Db,
  environmentId: EnvironmentId,
  requestId: string,
): Promise<{ before: unknown; after: unknown } | undefined> {
  // Not the first by an order: that would walk the log by its key.
  const [entry] = await db.auditEntry.findMany({
    where: { environmentId, requestId, action: { in: ["settings.changed", "settings.reverted"] }, result: "ok" },
    select: { before: true, after: true },
  });
  return entry;
}

export async function writeSetting(
  db: Db,
  environmentId: EnvironmentId,
  setting: { key: string; value: unknown; updatedAt: Date; updatedByName: string },
): Promise<void> {
  const { key, updatedAt, updatedByName } = setting;
  const value = setting.value === null ? Prisma.JsonNull : (setting.value as Prisma.InputJsonValue);
  await db.setting.upsert({
    where: { environmentId_key: { environmentId, key } },
    create: { environmentId, key, value, updatedAt, updatedByName },
    update: { value, updatedAt, updatedByName },
  });
}
