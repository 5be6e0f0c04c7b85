import { Socket } from "node:net";
import type pg from "pg";
import { connectionConfig, type SessionOptions } from "./session";

/** Of the time that PostgreSQL takes to give up on a statement by itself, so that its own refusal comes first. */
const PATIENCE = 1.2;

/**
 * A connection that breaks when it is `inUse` and nothing has come or gone over it for longer than its statement timeout:
 * the server, or the way to it, has gone without closing anything, and TCP alone would wait for a quarter of an hour. What
 * waits for an answer fails then, and the next to come connects anew. Without a statement timeout there is no limit.
 */
export function limitedConfig(options: SessionOptions, inUse: () => boolean): pg.ClientConfig {
  const { statementTimeoutMs } = options;
  const config = connectionConfig(options);
  if (!statementTimeoutMs) return config;
  const limitMs = statementTimeoutMs * PATIENCE;
  return {
    ...config,
    stream() {
      const socket = new Socket();
      socket.setTimeout(limitMs);
      socket.on("timeout", () => {
        if (inUse()) socket.destroy(new Error(`The database was silent for ${Math.round(limitMs / 1000)} s.`));
      });
      return socket;
    },
  };
}
