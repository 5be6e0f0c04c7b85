import { Logger as QueueLogger } from "graphile-worker";
import type { Logger } from "pino";

/** The queue library's log lines in ours. It calls "info" and "warning" what only its developers look for. */
export function queueLog(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    const failure: unknown = meta?.error;
    if (level === "error") log.warn({ err: failure }, `queue: ${message}`);
    else log.debug({ err: failure }, `queue: ${message}`);
  });
}
