import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { NEWER_CAP } from "../newer/schema";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount, type Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import {
  countDeliveries as count,
  countDeliveriesAfter,
  findAttempts,
  findDeliveries,
  findDelivery,
  type StoredDelivery,
} from "./delivery-list-store";
import {
  type DeliveryCounts,
  type DeliveryDetail,
  DeliveryKeySchema,
  type DeliveryListQueryInput,
  DeliveryListQuerySchema,
  type DeliveryRow,
  type DeliveryState,
} from "./delivery-schema";
import { envelopeOf } from "./envelope";
import { readReceiverState } from "./run-store";

/** More tries than 24 hours of pauses and a few replays can make. */
const TRIES_SHOWN = 100;

/** One page of the environment's delivery log, latest first. */
export async function listDeliveries(
  context: Context,
  actor: Actor,
  input: DeliveryListQueryInput,
): Promise<Page<DeliveryRow>> {
  requirePermission(actor, "webhooks.read");
  const { id: environmentId } = environmentOf(actor);
  const { size, cursor, ...filter } = DeliveryListQuerySchema.parse(input);
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("deliveries", cursorKey.bigint),
    keysOf: (stored: StoredDelivery) => String(stored.id),
    read: (place, limit) => findDeliveries(context.db.prisma, environmentId, filter, place, limit),
  });
  return { ...page, rows: page.rows.map(toRow) };
}

/** How many deliveries under the same filters were recorded after the one numbered `after`; up to 100. */
export async function countNewerDeliveries(
  context: Context,
  actor: Actor,
  input: DeliveryListQueryInput,
  after: string,
): Promise<CappedCount> {
  requirePermission(actor, "webhooks.read");
  const { size: _size, cursor: _cursor, ...filter } = DeliveryListQuerySchema.parse(input);
  const { id } = environmentOf(actor);
  const newer = await countDeliveriesAfter(context.db.prisma, id, filter, BigInt(after), NEWER_CAP + 1);
  return cappedCount(newer, NEWER_CAP);
}

/** One delivery with its tries and its envelope; null when there is none of this id. */
export async function getDelivery(
  context: Context,
  actor: Actor,
  input: { deliveryId: string },
): Promise<DeliveryDetail | null> {
  requirePermission(actor, "webhooks.read");
  const { id: environmentId } = environmentOf(actor);
  const parsed = DeliveryKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const id = BigInt(parsed.data.deliveryId);
  const [stored, tries] = await Promise.all([
    findDelivery(context.db.prisma, environmentId, id),
    findAttempts(context.db.prisma, environmentId, id, TRIES_SHOWN),
  ]);
  if (stored === null) return null;
  return {
    ...toRow(stored),
    envelope: JSON.stringify(envelopeOf(stored)),
    giveUpAt: stored.giveUpAt,
    tries: tries.map(({ attempt, at, ms, status, error, answer }) => ({ attempt, at, ms, status, error, answer })),
  };
}

/** How many deliveries wait, fail and are given up, counting up to 10,000, and whether the receiver is left in peace. */
export async function countDeliveries(context: Context, actor: Actor): Promise<DeliveryCounts> {
  requirePermission(actor, "webhooks.read");
  const { id: environmentId } = environmentOf(actor);
  const [counts, { pausedUntil }] = await Promise.all([
    count(context.db.prisma, environmentId, COUNT_CAP),
    readReceiverState(context.db.prisma, environmentId),
  ]);
  const paused = pausedUntil !== null && pausedUntil.getTime() > context.now();
  return { ...counts, pausedUntil: paused ? pausedUntil : null };
}

function stateOf(stored: StoredDelivery): DeliveryState {
  if (stored.deliveredAt !== null) return "delivered";
  if (stored.deadAt !== null) return "dead";
  return stored.failures > 0 ? "failing" : "waiting";
}

function toRow(stored: StoredDelivery): DeliveryRow {
  const { id, eventId, type, orderKey, attempts, createdAt, dueAt, deliveredAt, deadAt, lastStatus, lastError } =
    stored;
  return {
    id: String(id),
    eventId,
    type,
    userId: orderKey === "" ? null : orderKey,
    state: stateOf(stored),
    attempts,
    lastAnswer: lastError === null ? null : { status: lastStatus, error: lastError },
    createdAt,
    nextTryAt: dueAt,
    deliveredAt,
    deadAt,
  };
}
