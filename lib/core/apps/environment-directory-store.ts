import type { Db } from "@/lib/db/database";
import type { EnvironmentId, EnvironmentRef } from "../actor";

export interface DirectoryRow {
  readonly ref: EnvironmentRef;
  readonly appSecretEncrypted: Uint8Array;
}

/** The environments with these App Keys, by App Key; unknown ones are missing. */
export async function findEnvironmentsByAppKeys(
  db: Db,
  appKeys: readonly string[],
): Promise<Map<string, DirectoryRow>> {
  const rows = await db.environment.findMany({
    where: { appKey: { in: [...appKeys] } },
    include: { app: { select: { name: true, plan: true } } },
  });
  return new Map(
    rows.map((row) => [
      row.appKey,
      {
        ref: {
          id: row.id as EnvironmentId,
          appId: row.appId,
          appName: row.app.name,
          name: row.name,
          appKey: row.appKey,
          plan: row.app.plan,
        },
        appSecretEncrypted: row.appSecretEncrypted,
      },
    ]),
  );
}
