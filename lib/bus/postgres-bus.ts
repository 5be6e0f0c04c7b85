import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { Logger } from "pino";
import { listen } from "@/lib/db/listen";
import { write } from "@/lib/db/statement";
import { type Bus, type BusEvent, EVENT_LISTS } from "./bus";
import { createBusListeners } from "./listeners";
import { createPartReader, splitIntoParts } from "./parts";

const CHANNEL = "im_events";
/** PostgreSQL refuses payloads of 8,000 bytes or more. */
const MAX_PAYLOAD_BYTES = 7_900;

// A notification lives only in memory, so its commit has nothing to wait for the disk for.
const PUBLISH = {
  name: "bus-publish",
  text: `SELECT pg_notify($1, $2) FROM (SELECT set_config('synchronous_commit', 'off', true) AS mode OFFSET 0) s
    WHERE s.mode = 'off'`,
};

const PUBLISH_PARTS = {
  name: "bus-publish-parts",
  text: `SELECT pg_notify($1, part) FROM (SELECT set_config('synchronous_commit', 'off', true) AS mode OFFSET 0) s,
    unnest($2::text[]) WITH ORDINALITY AS p(part, n) WHERE s.mode = 'off' ORDER BY n`,
};

const PUBLISH_WITH_COMMIT = {
  name: "bus-publish-with-commit",
  text: "SELECT pg_notify($1, event)::text AS told FROM unnest($2::text[]) WITH ORDINALITY AS e(event, n) ORDER BY n",
};

/**
 * The bus over LISTEN/NOTIFY. One connection of its own listens (lib/db/listen.ts); publishing goes through `pool`.
 */
export async function connectPostgresBus(options: {
  url: string;
  pool: pg.Pool;
  log: Logger;
  /** How often the listening connection is asked for a sign of life, in milliseconds; for tests. */
  pulseMs?: number;
}): Promise<Bus> {
  const { url, pool, log, pulseMs } = options;
  const listeners = createBusListeners(log);
  const origin = randomBytes(6).toString("base64url");
  const parts = createPartReader(origin);

  const gap = () => {
    parts.forget();
    listeners.gap();
  };

  const listening = await listen({
    url,
    channel: CHANNEL,
    name: "bus",
    log,
    pulseMs,
    onPayload(received) {
      const payload = parts.read(received);
      if (payload !== null) listeners.deliver(payload);
    },
    onListening: gap,
    onLost: gap,
  });

  return {
    publishWithCommit(events) {
      // A notification goes out with its transaction's commit, or not at all: nothing is left to do afterwards.
      return { write: write(PUBLISH_WITH_COMMIT, [CHANNEL, events.flatMap(payloadsOf)]), published() {} };
    },
    async publish(event) {
      for (const payload of payloadsOf(event)) await pool.query({ ...PUBLISH, values: [CHANNEL, payload] });
    },
    async publishToOthers(event) {
      await pool.query({ ...PUBLISH_PARTS, values: [CHANNEL, splitIntoParts(origin, JSON.stringify(event))] });
    },
    subscribe: listeners.subscribe,
    onGap: listeners.onGap,
    connected: listening.connected,
    close: listening.close,
  };
}

/** An event as notifications, each of which says by itself a part of what it says. */
function payloadsOf(event: BusEvent): string[] {
  const payload = JSON.stringify(event);
  if (Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES) return [payload];
  const halves = splitEvent(event);
  if (halves === null) throw new Error(`bus: the event ${event.type} is too large`);
  return halves.flatMap(payloadsOf);
}

/** The event in two, each about half of what it names; null where there is nothing to split. */
function splitEvent(event: BusEvent): [BusEvent, BusEvent] | null {
  const fields: Readonly<Record<string, unknown>> = event;
  for (const name of EVENT_LISTS) {
    const list = fields[name];
    if (!Array.isArray(list) || list.length < 2) continue;
    const half = Math.ceil(list.length / 2);
    const withList = (part: unknown[]) => ({ ...event, [name]: part }) as BusEvent;
    return [withList(list.slice(0, half)), withList(list.slice(half))];
  }
  return null;
}
