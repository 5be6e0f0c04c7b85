import type { Db } from "@/lib/db/database";
import type { Prisma } from "@/lib/db/generated/client";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { DeliveryFilter, DeliveryState } from "./delivery-schema";
import { PING_TYPE } from "./schema";

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

const PENDING = { deliveredAt: null, deadAt: null };

const IN_STATE: Record<DeliveryState, Prisma.WebhookEventWhereInput> = {
  waiting: { ...PENDING, failures: 0 },
  failing: { ...PENDING, failures: { gt: 0 } },
  delivered: { deliveredAt: { not: null } },
  dead: { deadAt: { not: null } },
};

const where = (environmentId: EnvironmentId, filter: DeliveryFilter): Prisma.WebhookEventWhereInput => ({
  environmentId,
  ...(filter.state === undefined ? {} : IN_STATE[filter.state]),
  type: filter.type,
  orderKey: filter.user,
});

/** How many deliveries have greater numbers than `after`, counting no further than `limit`. */
export function countDeliveriesAfter(
  db: Db,
  environmentId: EnvironmentId,
  filter: DeliveryFilter,
  after: bigint,
  limit: number,
): Promise<number> {
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
  const events = await db.webhookEvent.findMany({
    where: {
      ...where(environmentId, filter),
      id: place === null ? undefined : { [upwards ? "gt" : "lt"]: BigInt(place.keys) },
    },
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
