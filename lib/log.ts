import pino, { type Logger } from "pino";

/**
 * The process's log: one JSON line per entry on standard output. What must never be logged (tokens, secrets,
 * passwords) is not passed to it in the first place; the redaction is the second net.
 */
export function createLog(options: { level: string; process: string }): Logger {
  return pino(
    {
      level: options.level,
      base: { process: options.process, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["*.accessToken", "*.appSecret", "*.password", "*.token", "*.secret"],
    },
    // Lines are written together, at the latest after a tenth of a second and when the process ends.
    pino.destination({ fd: 1, sync: false, minLength: 4_096, periodicFlush: 100 }),
  );
}
