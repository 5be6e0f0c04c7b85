import type { Database, Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { DeliveryFilter, DeliveryState } from "./delivery-schema";
import type { Attempt } from "./delivery-store";
import { PING_TYPE } from "./schema";

const { sql, empty } = Prisma;

export interface StoredDelivery {
  readonly id: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly orderKey: string;
  readonly data: unknown;
  readonly attempts: number;
  readonly failures: number;
  readonly createdAt: Date;
  readonly dueAt: Date | null;
  readonly giveUpAt: Date;
  readonly deliveredAt: Date | null;
  readonly deadAt: Date | null;
  /** Of the last try; both null when it is not known. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

const COLUMNS = sql`e.id, e.event_id::text AS "eventId", e.type, e.order_key AS "orderKey", e.data, e.attempts, e.failures,
  e.created_at AS "createdAt", e.due_at AS "dueAt", e.give_up_at AS "giveUpAt", e.delivered_at AS "deliveredAt",
  e.dead_at AS "deadAt", a.status AS "lastStatus", a.error AS "lastError"`;

const LAST_ATTEMPT = sql`LEFT JOIN webhook_attempts a
  ON a.environment_id = e.environment_id AND a.event_id = e.id AND a.attempt = e.attempts`;

const PENDING = sql`e.delivered_at IS NULL AND e.dead_at IS NULL`;

const IN_STATE: Record<DeliveryState, Prisma.Sql> = {
  waiting: sql`${PENDING} AND e.failures = 0`,
  failing: sql`${PENDING} AND e.failures > 0`,
  delivered: sql`e.delivered_at IS NOT NULL`,
  dead: sql`e.dead_at IS NOT NULL`,
};

function conditions(filter: DeliveryFilter): Prisma.Sql {
  const ofState = filter.state === undefined ? empty : sql` AND ${IN_STATE[filter.state]}`;
  const ofType = filter.type === undefined ? empty : sql` AND e.type = ${filter.type}`;
  const ofUser = filter.user === undefined ? empty : sql` AND e.order_key = ${filter.user}`;
  return sql`${ofState}${ofType}${ofUser}`;
}

/** Deliveries latest first, beside a place (an id as text) nearest first. */
export function findDeliveries(
  db: Db,
  environmentId: EnvironmentId,
  filter: DeliveryFilter,
  place: Place<string> | null,
  limit: number,
): Promise<StoredDelivery[]> {
  const upwards = place?.direction === "previous";
  const beyond = upwards ? sql`>` : sql`<`;
  const from = place === null ? empty : sql` AND e.id ${beyond} ${BigInt(place.keys)}`;
  return db.$queryRaw<StoredDelivery[]>`
    SELECT ${COLUMNS} FROM webhook_events e ${LAST_ATTEMPT}
    WHERE e.environment_id = ${environmentId}${conditions(filter)}${from}
    ORDER BY e.id ${upwards ? sql`ASC` : sql`DESC`} LIMIT ${limit}`;
}

export async function findDelivery(db: Db, environmentId: EnvironmentId, id: bigint): Promise<StoredDelivery | null> {
  const rows = await db.$queryRaw<StoredDelivery[]>`
    SELECT ${COLUMNS} FROM webhook_events e ${LAST_ATTEMPT} WHERE e.environment_id = ${environmentId} AND e.id = ${id}`;
  return rows[0] ?? null;
}

/** The tries of one event, latest first. */
export function findAttempts(db: Db, environmentId: EnvironmentId, eventId: bigint, limit: number) {
  return db.webhookAttempt.findMany({
    where: { environmentId, eventId },
    orderBy: { attempt: "desc" },
    take: limit,
  });
}

/** How many wait, fail and are given up, each counted up to `cap`. Pings are not counted. */
export async function countDeliveries(db: Db, environmentId: EnvironmentId, cap: number) {
  const counted = (state: DeliveryState) => sql`(SELECT count(*)::int FROM (
    SELECT 1 FROM webhook_events e WHERE e.environment_id = ${environmentId} AND ${IN_STATE[state]} AND e.type <> ${PING_TYPE}
    ORDER BY e.id LIMIT ${cap}) counted)`;
  const rows = await db.$queryRaw<Array<{ waiting: number; failing: number; dead: number }>>`
    SELECT ${counted("waiting")} AS waiting, ${counted("failing")} AS failing, ${counted("dead")} AS dead`;
  return rows[0] ?? { waiting: 0, failing: 0, dead: 0 };
}

/** Logs a ping with its one try. Gives its id. */
export async function insertPing(
  database: Pick<Database, "transaction">,
  environmentId: EnvironmentId,
  event: { eventId: string; type: string; createdAt: Date; giveUpAt: Date; data: Prisma.InputJsonObject },
  attempt: Attempt,
  accepted: boolean,
): Promise<bigint> {
  const doneAt = new Date(attempt.at + attempt.ms);
  return database.transaction(async (tx) => {
    const { id } = await tx.webhookEvent.create({
      data: {
        ...event,
        environmentId,
        orderKey: "",
        attempts: 1,
        failures: accepted ? 0 : 1,
        deliveredAt: accepted ? doneAt : null,
        deadAt: accepted ? null : doneAt,
      },
      select: { id: true },
    });
    const { at, ms, status, error, answer } = attempt;
    await tx.webhookAttempt.create({
      data: { environmentId, eventId: id, attempt: 1, at: new Date(at), ms, status, error, answer },
    });
    return id;
  });
}
