import pg from "pg";
import type { Logger } from "pino";

const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 5_000;

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly log: Logger;
  onPayload(payload: string): void;
  /** Whenever it listens again: what was said before was missed. */
  onListening(): void;
}

/**
 * Hears what transactions say with `pg_notify` on a channel once they have committed, over a connection of its own that
 * is made anew when it is lost. Rejects when the first one cannot be made. Returns the function that ends it.
 */
export async function listen(options: ListenOptions): Promise<() => Promise<void>> {
  const { url, channel, log } = options;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: `im-user-service ${channel}`,
      keepAlive: true,
    });
    const lost = (error?: Error) => {
      if (client !== next) return;
      client = undefined;
      if (closed) return;
      log.warn({ err: error, channel }, "listen: connection lost");
      reconnectIn(RECONNECT_MIN_MS);
    };
    next.on("error", lost);
    next.on("end", () => lost());
    next.on("notification", ({ payload }) => {
      if (payload !== undefined) options.onPayload(payload);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch((ending: unknown) => log.debug({ err: ending }, "listen: closing a failed connection"));
      throw error;
    }
    if (closed) {
      await next.end();
      return;
    }
    client = next;
    options.onListening();
  };

  const reconnectIn = (pause: number) => {
    retry = setTimeout(() => {
      connect().catch((error: unknown) => {
        log.warn({ err: error, channel }, "listen: cannot connect");
        if (!closed) reconnectIn(Math.min(pause * 2, RECONNECT_MAX_MS));
      });
    }, pause);
  };

  await connect();
  return async () => {
    closed = true;
    clearTimeout(retry);
    await client?.end();
  };
}
