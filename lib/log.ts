import pino, { type Logger } from "pino";
import { bufferLines, type Destination } from "./line-buffer";

/**
 * The process's log: one JSON line per entry on standard output. What must never be logged (tokens, secrets,
 * passwords) is not passed to it in the first place; the redaction is the second net.
 */
export function createLog(options: { level: string; process: string }): Logger {
  // In this mode it takes bytes, whatever its type says.
  const output = pino.destination({ fd: 1, sync: false, contentMode: "buffer" }) as unknown as Destination;
  return pino(
    {
      level: options.level,
      base: { process: options.process, pid: process.pid },
      timestamp: timeOfEntry,
      redact: ["*.accessToken", "*.appSecret", "*.password", "*.token", "*.secret"],
    },
    bufferLines(output),
  );
}

let lastMs = 0;
let lastTime = "";

/** Entries of the same millisecond share their text: under load there are many, and writing out a time is not cheap. */
function timeOfEntry(): string {
  const now = Date.now();
  if (now !== lastMs) {
    lastMs = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
}
