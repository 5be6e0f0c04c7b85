import type { Db } from "@/lib/db/database";
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

/** The settings that differ from their defaults, and the version of the whole; one statement, so they belong together. */
export async function readSettings(db: Db, environmentId: EnvironmentId): Promise<StoredSettings> {
  const rows = await db.$queryRaw<Array<{ version: number } & Partial<StoredSetting>>>`
    SELECT e.settings_version AS version, s.key, s.value, s.updated_at AS "updatedAt", s.updated_by_name AS "updatedByName"
      FROM environments e LEFT JOIN settings s ON s.environment_id = e.id
     WHERE e.id = ${environmentId}`;
  return {
    version: rows[0]?.version ?? 1,
    rows: rows.flatMap(({ key, value, updatedAt, updatedByName }) =>
      key && updatedAt ? [{ key, value, updatedAt, updatedByName: updatedByName ?? "" }] : [],
    ),
  };
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

export async function writeSetting(
  db: Db,
  environmentId: EnvironmentId,
  setting: { key: string; value: unknown; updatedAt: Date; updatedByName: string },
): Promise<void> {
  const { key, updatedAt, updatedByName } = setting;
  const value = JSON.stringify(setting.value);
  await db.$executeRaw`
    INSERT INTO settings (environment_id, key, value, updated_at, updated_by_name)
    VALUES (${environmentId}, ${key}, ${value}::jsonb, ${updatedAt}, ${updatedByName})
    ON CONFLICT (environment_id, key)
    DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by_name = excluded.updated_by_name`;
}
