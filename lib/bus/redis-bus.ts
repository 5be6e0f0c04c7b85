import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import type pg from "pg";
import type { Logger } from "pino";
import type { Bus } from "./bus";
import { createBusListeners } from "./listeners";
import { startOutbox } from "./outbox";

const CONNECT_WITHIN_MS = 5_000;
const COMMAND_WITHIN_MS = 2_000;
const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 5_000;
/** A connection that gives no sign of life is given up. */
const PULSE_MS = 5_000;

/** Before an event that the sender itself is not to hear: who sent it. JSON begins with another character. */
const MARK = "~";

/**
 * The bus over Redis publish and subscribe. `channel` must differ between installations that share a Redis: its
 * databases do not keep channels apart. One connection listens, one publishes; both reconnect by themselves. What follows
 * from a change waits in a table of the database behind `pool` until it is published. Rejects when Redis cannot be
 * reached at first.
 */
export async function connectRedisBus(options: {
  url: string;
  channel: string;
  pool: pg.Pool;
  log: Logger;
  /** How often the listening connection is asked for a sign of life, in milliseconds; for tests. */
  pulseMs?: number;
}): Promise<Bus> {
  const { url, channel, pool, log, pulseMs = PULSE_MS } = options;
  const listeners = createBusListeners(log);
  const origin = randomBytes(6).toString("base64url");
  const own = `${MARK}${origin}${MARK}`;
  let connected = false;
  let closed = false;

  const settings = {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    // What cannot be sent now is refused now: waiting commands would arrive long after they were true.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt: number) => Math.min(RECONNECT_MIN_MS * 2 ** Math.min(attempt - 1, 10), RECONNECT_MAX_MS),
    connectionName: "im-user-service",
  } as const;
  // The subscription is made anew by hand, so that it is known when it stands.
  const listening = new Redis(url, { ...settings, autoResubscribe: false });
  const publishing = new Redis(url, { ...settings, commandTimeout: COMMAND_WITHIN_MS });

  const lost = () => {
    if (!connected) return;
    connected = false;
    if (closed) return;
    log.warn("bus: connection lost");
    listeners.gap();
  };
  const listen = async () => {
    await listening.subscribe(channel);
    connected = true;
    listeners.gap();
  };

  listening.on("error", (error) => log.warn({ err: error }, "bus: Redis"));
  publishing.on("error", (error) => log.warn({ err: error }, "bus: Redis"));
  listening.on("close", lost);
  listening.on("message", (_channel: string, message: string) => {
    if (!message.startsWith(MARK)) listeners.deliver(message);
    else if (!message.startsWith(own)) listeners.deliver(message.slice(message.indexOf(MARK, 1) + 1));
  });

  try {
    await Promise.all([listening.connect(), publishing.connect()]);
    await listen();
  } catch (error) {
    listening.disconnect();
    publishing.disconnect();
    throw error;
  }
  listening.on("ready", () => {
    listen().catch((error: unknown) => {
      log.warn({ err: error }, "bus: cannot subscribe");
      listening.disconnect(true);
    });
  });

  // A network that swallows everything closes nothing; only a missing answer shows it.
  const pulse = setInterval(() => {
    if (!connected) return;
    const silent = setTimeout(() => listening.disconnect(true), COMMAND_WITHIN_MS);
    listening
      .ping()
      .catch((error: unknown) => {
        log.warn({ err: error }, "bus: no sign of life");
        if (!closed) listening.disconnect(true);
      })
      .finally(() => clearTimeout(silent));
  }, pulseMs);

  const publish = async (message: string) => {
    await publishing.publish(channel, message);
  };

  const outbox = startOutbox({ pool, log, publish });

  return {
    publishWithCommit: outbox.add,
    publish: (event) => publish(JSON.stringify(event)),
    publishToOthers: (event) => publish(own + JSON.stringify(event)),
    subscribe: listeners.subscribe,
    onGap: listeners.onGap,
    connected: () => connected,
    async close() {
      closed = true;
      clearInterval(pulse);
      await outbox.stop();
      listening.disconnect();
      publishing.disconnect();
    },
  };
}
