import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Logger } from "pino";
import type { Bus, BusEvent } from "./bus";
import { createBusListeners } from "./listeners";
import { createPartReader, splitIntoParts } from "./parts";

const CHANNEL = "im_events";
const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
/** How often the listening connection is asked for a sign of life; one that gives none in time is given up. */
const PULSE_MS = 5_000;
const PULSE_WITHIN_MS = 2_000;
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

/**
 * The bus over LISTEN/NOTIFY. One connection of its own listens and reconnects by itself with growing pauses;
 * publishing goes through `pool`.
 */
export async function connectPostgresBus(options: { url: string; pool: pg.Pool; log: Logger }): Promise<Bus> {
  const { url, pool, log } = options;
  const listeners = createBusListeners(log);
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const origin = randomBytes(6).toString("base64url");
  const parts = createPartReader(origin);

  const gap = () => {
    parts.forget();
    listeners.gap();
  };

  const deliver = (received: string | undefined) => {
    const payload = received === undefined ? null : parts.read(received);
    if (payload !== null) listeners.deliver(payload);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: "im-user-service bus",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
    });
    const lost = (error?: Error) => {
      if (client !== next) return;
      client = undefined;
      if (closed) return;
      log.warn({ err: error }, "bus: connection lost");
      gap();
      reconnectIn(RECONNECT_MIN_MS);
    };
    next.on("error", lost);
    next.on("end", () => lost());
    next.on("notification", (message) => deliver(message.payload));
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await next.end().catch((endError: unknown) => log.debug({ err: endError }, "bus: closing a failed connection"));
      throw error;
    }
    if (closed) {
      await next.end();
      return;
    }
    client = next;
    gap();
  };

  const reconnectIn = (pause: number) => {
    retry = setTimeout(() => {
      connect().catch((error: unknown) => {
        log.warn({ err: error }, "bus: cannot connect");
        if (!closed) reconnectIn(Math.min(pause * 2, RECONNECT_MAX_MS));
      });
    }, pause);
  };

  await connect();

  // A network that swallows everything closes nothing; only a missing answer shows it.
  const pulse = setInterval(() => {
    const asked = client;
    if (asked === undefined) return;
    const giveUp = (reason: Error) => {
      asked.emit("error", reason);
      asked.end().catch((error: unknown) => log.debug({ err: error }, "bus: closing a silent connection"));
    };
    const silent = setTimeout(() => giveUp(new Error("no sign of life")), PULSE_WITHIN_MS);
    asked
      .query("SELECT 1")
      .catch((error: Error) => giveUp(error))
      .finally(() => clearTimeout(silent));
  }, PULSE_MS);

  const bus: Bus = {
    async publish(event) {
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES) {
        await pool.query({ ...PUBLISH, values: [CHANNEL, payload] });
        return;
      }
      const halves = splitEvent(event);
      if (halves === null) throw new Error(`bus: the event ${event.type} is too large`);
      for (const half of halves) await bus.publish(half);
    },
    async publishToOthers(event) {
      await pool.query({ ...PUBLISH_PARTS, values: [CHANNEL, splitIntoParts(origin, JSON.stringify(event))] });
    },
    subscribe: listeners.subscribe,
    onGap: listeners.onGap,
    connected: () => client !== undefined,
    async close() {
      closed = true;
      clearInterval(pulse);
      clearTimeout(retry);
      await client?.end();
    },
  };
  return bus;
}

/** Lists whose halves say together what the whole says. */
const LISTS = ["userIds", "pairs", "requests", "lists"] as const;

/** The event in two, each about half of what it names; null where there is nothing to split. */
function splitEvent(event: BusEvent): [BusEvent, BusEvent] | null {
  const fields: Readonly<Record<string, unknown>> = event;
  for (const name of LISTS) {
    const list = fields[name];
    if (!Array.isArray(list) || list.length < 2) continue;
    const half = Math.ceil(list.length / 2);
    const withList = (part: unknown[]) => ({ ...event, [name]: part }) as BusEvent;
    return [withList(list.slice(0, half)), withList(list.slice(half))];
  }
  return null;
}
