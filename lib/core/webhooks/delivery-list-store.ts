import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { countRows, keysetOrder } from "@/lib/db/sql";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { DeliveryFilter, DeliveryState } from "./delivery-schema";
import { PING_TYPE } from "./facts";

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

const { sql, empty, join } = Prisma;

const PENDING = { deliveredAt: null, deadAt: null };

const IN_STATE: Record<DeliveryState, Prisma.WebhookEventWhereInput> = {
  waiting: { ...PENDING, failures: 0 },
  failing: { ...PENDING, failures: { gt: 0 } },
  delivered: { deliveredAt: { not: null } },
  dead: { deadAt: { not: null } },
};

/** The same as SQL. */
const IN_STATE_SQL: Record<DeliveryState, Prisma.Sql> = {
  waiting: sql` AND delivered_at IS NULL AND dead_at IS NULL AND failures = 0`,
  failing: sql` AND delivered_at IS NULL AND dead_at IS NULL AND failures > 0`,
  delivered: sql` AND delivered_at IS NOT NULL`,
  dead: sql` AND dead_at IS NOT NULL`,
};

const where = (environmentId: EnvironmentId, filter: DeliveryFilter): Prisma.WebhookEventWhereInput => ({
  environmentId,
  ...(filter.state === undefined ? {} : IN_STATE[filter.state]),
  type: filter.type,
});

/**
 * The events about one user, latest first or upwards, no more than `limit`: those in the user's own order, and those about a
 * friendship, whose key names both. Each is a range of an index in the order of the numbers; none is in two.
 */
function idsAbout(
  environmentId: EnvironmentId,
  { user, state, type }: DeliveryFilter & { readonly user: string },
  beyond: Prisma.Sql,
  downwards: boolean,
  limit: number,
): Prisma.Sql {
  const { direction } = keysetOrder(downwards);
  const further = sql`${state === undefined ? empty : IN_STATE_SQL[state]}${type === undefined ? empty : sql` AND type = ${type}`}${beyond}`;
  const ranges = [
    sql`order_key = ${user}`,
    sql`type = 'user:friendship' AND split_part(order_key, ' ', 1) = ${user} AND order_key <> ${user}`,
    sql`type = 'user:friendship' AND split_part(order_key, ' ', 2) = ${user} AND split_part(order_key, ' ', 1) <> ${user}`,
  ].map(
    (range) => sql`(SELECT id FROM webhook_events WHERE environment_id = ${environmentId} AND ${range}${further}
      ORDER BY id ${direction} LIMIT ${limit})`,
  );
  return sql`SELECT id FROM (${join(ranges, " UNION ALL ")}) AS about ORDER BY id ${direction} LIMIT ${limit}`;
}

/** How many deliveries have greater numbers than `after`, counting no further than `limit`. */
export function countDeliveriesAfter(
  db: Db,
  environmentId: EnvironmentId,
  filter: DeliveryFilter,
  after: bigint,
  limit: number,
): Promise<number> {
  const { user } = filter;
  if (user !== undefined) {
    return countRows(db, idsAbout(environmentId, { ...filter, user }, sql` AND id > ${after}`, true, limit));
  }
  return db.webhookEvent.count({
    where: { ...where(environmentId, filter), id: { gt: after } },
    orderBy: { id: "desc" },
    take: limit,
  });
}

/** Deliveries latest first, beside a place (an id as text) nearest first. */
export async function findDeliveries(
  db: Db,
  environmentId: EnvironmentId,
  filter: DeliveryFilter,
  place: Place<string> | null,
  limit: number,
): Promise<StoredDelivery[]> {
  const upwards = place?.direction === "previous";
  const { user } = filter;
  let id: Prisma.BigIntFilter | undefined =
    place === null ? undefined : { [upwards ? "gt" : "lt"]: BigInt(place.keys) };
  if (user !== undefined) {
    const { beyond } = keysetOrder(!upwards);
    const from = place === null ? empty : sql` AND id ${beyond} ${BigInt(place.keys)}`;
    const ids = idsAbout(environmentId, { ...filter, user }, from, !upwards, limit);
    const about = await db.$queryRaw<{ id: bigint }[]>(ids);
    id = { in: about.map((event) => event.id) };
  }
  const events = await db.webhookEvent.findMany({
    where: { ...where(environmentId, filter), id },
    orderBy: { id: upwards ? "asc" : "desc" },
    take: limit,
  });
  return withLastTry(db, environmentId, events);
}

export async function findDelivery(db: Db, environmentId: EnvironmentId, id: bigint): Promise<StoredDelivery | null> {
  const event = await db.webhookEvent.findUnique({ where: { environmentId_id: { environmentId, id } } });
  if (event === null) return null;
  const [delivery] = await withLastTry(db, environmentId, [event]);
  return delivery ?? null;
}

async function withLastTry(
  db: Db,
  environmentId: EnvironmentId,
  events: readonly Omit<StoredDelivery, "lastStatus" | "lastError">[],
): Promise<StoredDelivery[]> {
  const tried = events.filter((event) => event.attempts > 0);
  const tries = await db.webhookAttempt.findMany({
    where: { environmentId, OR: tried.map(({ id, attempts }) => ({ eventId: id, attempt: attempts })) },
    select: { eventId: true, status: true, error: true },
  });
  const last = new Map(tries.map((one) => [one.eventId, one]));
  return events.map((event) => {
    const { status = null, error = null } = last.get(event.id) ?? {};
    return { ...event, lastStatus: status, lastError: error };
  });
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
  const counted = (state: DeliveryState) =>
    db.webhookEvent.count({
      where: { environmentId, ...IN_STATE[state], type: { not: PING_TYPE } },
      orderBy: { id: "asc" },
      take: cap,
    });
  const [waiting, failing, dead] = await Promise.all([counted("waiting"), counted("failing"), counted("dead")]);
  return { waiting, failing, dead };
}
