import pg from "pg";
import type { Logger } from "pino";
import { beginSession, type SessionOptions } from "./session";
import { limitedConfig } from "./silence-limit";

const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 5_000;
const CONNECT_WITHIN_MS = 5_000;
const PULSE_MS = 5_000;
/** A connection that gives no sign of life within this is given up. */
export const ANSWER_WITHIN_MS = 2_000;

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  /** Who listens, as the log and PostgreSQL's list of connections call it. */
  readonly name: string;
  readonly log: Logger;
  /** How often the connection is asked for a sign of life, in milliseconds; for tests. */
  readonly pulseMs?: number;
  onPayload(payload: string): void;
  /** Whenever it listens, for the first time or again: what was said before was missed. */
  onListening(): void;
  /** Whenever what is said is missed from now on. */
  onLost?(): void;
}

export interface Listening {
  /** Whether what is said now is heard. */
  connected(): boolean;
  close(): Promise<void>;
}

/**
 * Hears what transactions say with `pg_notify` on a channel once they have committed, over a connection of its own that
 * is made anew when it is lost, with growing pauses. Rejects when the first one cannot be made.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { url, channel, name, log, pulseMs = PULSE_MS } = options;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let pulse: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    let asked = false;
    const session: SessionOptions = {
      url,
      applicationName: `im-user-service ${name}`,
      connectWithinMs: CONNECT_WITHIN_MS,
      statementTimeoutMs: ANSWER_WITHIN_MS,
    };
    // It may be silent for hours. A network that swallows everything shows when an answer is due.
    const next = new pg.Client(limitedConfig(session, () => asked || closed));
    const ask = async (work: () => Promise<unknown>) => {
      asked = true;
      await work();
      asked = false;
    };
    const end = () =>
      next.end().catch((error: unknown) => log.debug({ err: error }, `${name}: closing a failed connection`));
    const lost = (error?: Error) => {
      if (client !== next) return;
      client = undefined;
      clearInterval(pulse);
      if (closed) return;
      log.warn({ err: error }, `${name}: connection lost`);
      void end();
      options.onLost?.();
      reconnectIn(RECONNECT_MIN_MS);
    };
    next.on("error", lost);
    next.on("end", () => lost());
    next.on("notification", ({ payload }) => {
      if (payload !== undefined) options.onPayload(payload);
    });
    try {
      await next.connect();
      await ask(() => beginSession(next, session));
      await ask(() => next.query(`LISTEN ${next.escapeIdentifier(channel)}`));
    } catch (error) {
      await end();
      throw error;
    }
    if (closed) {
      await next.end();
      return;
    }
    client = next;
    pulse = setInterval(() => {
      if (!asked) ask(() => next.query("SELECT 1")).catch(lost);
    }, pulseMs);
    options.onListening();
  };

  const reconnectIn = (pause: number) => {
    retry = setTimeout(() => {
      connect().catch((error: unknown) => {
        log.warn({ err: error }, `${name}: cannot connect`);
        if (!closed) reconnectIn(Math.min(pause * 2, RECONNECT_MAX_MS));
      });
    }, pause);
  };

  await connect();
  return {
    connected: () => client !== undefined,
    async close() {
      closed = true;
      clearInterval(pulse);
      clearTimeout(retry);
      await client?.end();
    },
  };
}
