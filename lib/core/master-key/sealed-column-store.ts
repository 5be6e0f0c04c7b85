import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { appSecretPurpose } from "../apps/app-secret";
import { appPurpose } from "../factors/prove-factor";
import { mailPurpose } from "../mail/mail-store";

/** Columns that hold what a `SecretBox` has sealed, and for what. The issuer's client secret, in JSON, is the one elsewhere. */
export const SEALED_COLUMNS = [
  { table: "environments", id: "app_key", column: "app_secret_encrypted", purpose: appSecretPurpose },
  { table: "authenticator_apps", id: "operator_id", column: "secret_encrypted", purpose: appPurpose },
  { table: "mails", id: "id", column: "sealed", purpose: mailPurpose },
] as const;
type SealedColumn = (typeof SEALED_COLUMNS)[number];

const names = ({ table, id, column }: SealedColumn) => ({
  table: Prisma.raw(`"${table}"`),
  id: Prisma.raw(`"${id}"`),
  column: Prisma.raw(`"${column}"`),
});

/** All that is sealed there. Until the transaction ends nobody else writes to the table: it would be with the key of before. */
export async function lockSealed(tx: Db, place: SealedColumn): Promise<{ id: string; sealed: Uint8Array }[]> {
  const { table, id, column } = names(place);
  await tx.$executeRaw`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`;
  return tx.$queryRaw`SELECT ${id}::text AS id, ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`;
}

/** `sealed` in base64. */
export async function writeSealed(
  tx: Db,
  place: SealedColumn,
  rows: ReadonlyArray<{ readonly id: string; readonly sealed: string }>,
): Promise<void> {
  const { table, id, column } = names(place);
  const [ids, values] = [rows.map((row) => row.id), rows.map((row) => row.sealed)];
  await tx.$executeRaw`
    UPDATE ${table} SET ${column} = decode(anew.sealed, 'base64')
    FROM unnest(${ids}::text[], ${values}::text[]) AS anew(id, sealed) WHERE ${table}.${id}::text = anew.id`;
}

/** By App Key, the number of the webhook's secret; that of those who have none yet as well. */
export async function findSecretNumbers(tx: Db): Promise<Record<string, number>> {
  const rows = await tx.$queryRaw<{ appKey: string; number: number }[]>`
    SELECT e.app_key AS "appKey", coalesce(w.secret_number, 1) AS number
    FROM environments e LEFT JOIN webhooks w ON w.environment_id = e.id`;
  return Object.fromEntries(rows.map(({ appKey, number }) => [appKey, number]));
}
