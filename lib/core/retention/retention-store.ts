import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import type { Run, Statement } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { type KeptSize, type Retention, RetentionSchema } from "./schema";

const KEY = "retention";
const FOR_EVER: Retention = { auditDays: null, banDays: null };

export async function findRetention(db: Db): Promise<Retention> {
  const fact = await db.installationFact.findUnique({ where: { key: KEY }, select: { value: true } });
  return fact === null ? FOR_EVER : RetentionSchema.parse(fact.value);
}

export async function saveRetention(db: Db, rules: Retention, now: Date): Promise<void> {
  await db.installationFact.upsert({
    where: { key: KEY },
    create: { key: KEY, value: rules, updatedAt: now },
    update: { value: rules, updatedAt: now },
  });
}

const COUNTED = 10_000;
const { sql } = Prisma;

/** Each environment's earliest by its index. */
const OLDEST = {
  audit_entries: sql`SELECT min(first.at) AS at FROM (
      WITH RECURSIVE found(id) AS (
        (SELECT environment_id FROM audit_entries ORDER BY environment_id LIMIT 1)
        UNION ALL
        SELECT (SELECT environment_id FROM audit_entries WHERE environment_id > found.id ORDER BY environment_id LIMIT 1)
        FROM found WHERE found.id IS NOT NULL
      ) SELECT id FROM found WHERE id IS NOT NULL
    ) AS e CROSS JOIN LATERAL (SELECT at FROM audit_entries WHERE environment_id = e.id ORDER BY at LIMIT 1) AS first`,
  bans: sql`SELECT min(first.at) AS at FROM environments AS e CROSS JOIN LATERAL (
      SELECT ends_at AS at FROM bans WHERE environment_id = e.id ORDER BY ends_at LIMIT 1
    ) AS first`,
};

export async function findSize(db: Db, table: keyof typeof OLDEST): Promise<KeptSize> {
  const name = Prisma.raw(table);
  const [row] = await db.$queryRaw<{ counted: number; estimate: number; bytes: bigint; oldest: Date | null }[]>`
    SELECT (SELECT count(*)::int FROM (SELECT FROM ${name} LIMIT ${COUNTED + 1}) AS first_rows) AS counted,
      (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = ${table}::regclass) AS estimate,
      pg_total_relation_size(${table}::regclass) AS bytes, (${OLDEST[table]}) AS oldest`;
  const { counted, estimate, bytes, oldest } = row ?? { counted: 0, estimate: 0, bytes: 0n, oldest: null };
  const estimated = counted > COUNTED;
  return { rows: estimated ? Math.max(estimate, counted) : counted, estimated, bytes: Number(bytes), oldest };
}

/** Environments with a ban that ended before a time of theirs, `days` and a day ago. */
export async function findEnvironmentsWithOldBans(db: Db, now: Date, days: number): Promise<EnvironmentId[]> {
  const rows = await db.$queryRaw<{ id: EnvironmentId }[]>`
    SELECT e.id FROM environments AS e WHERE EXISTS (
      SELECT FROM bans WHERE environment_id = e.id
        AND ends_at < ${time(now)} + coalesce(e.clock_ahead_ms, 0) * interval '1 millisecond' - make_interval(days => ${days + 1}::int)
    ) ORDER BY e.id`;
  return rows.map(({ id }) => id);
}

const DELETE_BANS: Statement = {
  name: "retention-delete-bans",
  text: `WITH old AS (
      SELECT b.id, b.ends_at, e.until FROM (
        SELECT $2::timestamptz + coalesce(clock_ahead_ms, 0) * interval '1 millisecond' - make_interval(days => $3::int) AS until
        FROM environments WHERE id = $1::int
      ) AS e CROSS JOIN LATERAL (
        SELECT id, ends_at FROM bans WHERE environment_id = $1::int AND ends_at < e.until
        ORDER BY ends_at, id LIMIT $4::int FOR UPDATE SKIP LOCKED
      ) AS b
    ), gone AS (
      DELETE FROM bans AS b USING old WHERE b.environment_id = $1::int AND b.id = old.id AND b.ends_at < old.until RETURNING b.ends_at
    )
    SELECT count(*)::int AS count, max(ends_at) AS last FROM gone`,
};

/** Deletes the first bans that ended more than `days` before now by the environment's clock. */
export async function deleteOldBans(
  run: Run,
  environmentId: EnvironmentId,
  { now, days, limit }: { now: Date; days: number; limit: number },
): Promise<{ count: number; last: Date | null }> {
  const [row] = await run<{ count: number; last: Date | null }>(DELETE_BANS, [
    environmentId,
    now.toISOString(),
    days,
    limit,
  ]);
  return row ?? { count: 0, last: null };
}
