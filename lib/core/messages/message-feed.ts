import type { BusEvent } from "@/lib/bus/bus";
import { perDatabase } from "@/lib/db/batch";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { isAlone } from "../presence/other-processes";
import { EnvironmentFeed, type MessageFollower } from "./environment-feed";
import { deliveriesOf, type StoredRange } from "./message";
import { fromEvent, toEvent } from "./message-event";
import { findLastSequences } from "./message-order-store";
import { countStored } from "./stored-count";

/**
 * Brings what any process stores to those who follow an environment, in the order of its numbers, each message once.
 *
 * What this process stores is passed on as it is; what others store comes by the bus. Numbers have no gaps, so a follower
 * knows when something has not arrived, and reads it from the database.
 */

/** How often the numbers in the database are compared with what has arrived. */
const COMPARE_MS = 1_000;

interface Hub {
  readonly feeds: Map<EnvironmentId, Set<EnvironmentFeed>>;
  timer: NodeJS.Timeout | undefined;
}

const hubs = perDatabase(() => ({ hub: undefined as Hub | undefined }));

/** The feeds of this process; on first use, it starts to listen. */
function hubOf(context: Context): Hub {
  const slot = hubs(context.db);
  if (slot.hub !== undefined) return slot.hub;
  const hub: Hub = { feeds: new Map(), timer: undefined };
  context.bus.subscribe((event) => {
    if (event.type === "messages.stored") received(context, hub, event);
  });
  context.bus.onGap(() => {
    if (context.bus.connected()) void compare(context, hub);
  });
  slot.hub = hub;
  return hub;
}

function received(context: Context, hub: Hub, event: Extract<BusEvent, { type: "messages.stored" }>): void {
  const feeds = hub.feeds.get(event.environmentId as EnvironmentId);
  if (feeds === undefined) return;
  const isWanted = (userId: string) => [...feeds].some((feed) => feed.follower.isHere(userId));
  fromEvent(context, event, isWanted).then(
    (range) => pass(hub, range),
    (error: unknown) => context.log.warn({ err: error }, "messages: an event was not read; its range is read instead"),
  );
}

function pass(hub: Hub, { environmentId, first, last, messages }: StoredRange): void {
  const feeds = hub.feeds.get(environmentId);
  if (feeds === undefined) return;
  const deliveries = messages.flatMap(deliveriesOf);
  for (const feed of feeds) feed.arrived({ first, last, deliveries });
}

/** Reads what is in the database and has not arrived since the last comparison. */
async function compare(context: Context, hub: Hub): Promise<void> {
  try {
    const last = await findLastSequences(context.db, [...hub.feeds.keys()]);
    for (const [environmentId, feeds] of hub.feeds) {
      for (const feed of feeds) feed.compare(last.get(environmentId) ?? 0);
    }
  } catch (error) {
    context.log.warn({ err: error }, "messages: could not compare what has arrived; the next round tries again");
  }
}

/** To be called with each batch that this process has stored: gives it to this process's followers and to the others. */
export function messagesStored(context: Context, range: StoredRange): void {
  countStored(context, range.messages);
  const { hub } = hubs(context.db);
  if (hub !== undefined) pass(hub, range);
  if (isAlone(context.db)) return;
  context.bus.publishToOthers(toEvent(range)).catch((error: unknown) => {
    // They find out by the numbers.
    context.log.error({ err: error }, "messages: the other processes were not told");
  });
}

async function announce(context: Context, environmentId: EnvironmentId): Promise<void> {
  try {
    await context.bus.publishToOthers({ type: "messages.followed", environmentId });
  } catch (error) {
    context.log.warn({ err: error }, "messages: the others were not told that they are followed; numbers are compared");
  }
}

/**
 * Delivers everything that is stored in an environment from now on. When it resolves, whatever was committed before can be
 * read by `fetchInbox`, and what is committed after it is delivered; what comes both ways has the same `sequence`.
 * Returns the function that ends it.
 */
export async function followMessages(
  context: Context,
  environmentId: EnvironmentId,
  follower: MessageFollower,
): Promise<() => void> {
  const hub = hubOf(context);
  const feed = new EnvironmentFeed(context, environmentId, follower);
  const feeds = hub.feeds.get(environmentId) ?? new Set();
  feeds.add(feed);
  hub.feeds.set(environmentId, feeds);
  hub.timer ??= setInterval(() => void compare(context, hub), COMPARE_MS).unref();
  const stop = () => {
    feed.stop();
    feeds.delete(feed);
    if (feeds.size === 0) hub.feeds.delete(environmentId);
    if (hub.feeds.size > 0) return;
    clearInterval(hub.timer);
    hub.timer = undefined;
  };
  try {
    // Before the first number is read: from here on the others must tell what they store.
    await announce(context, environmentId);
    const last = await findLastSequences(context.db, [environmentId]);
    feed.start(last.get(environmentId) ?? 0);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
