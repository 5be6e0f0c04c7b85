import { chmodSync, copyFileSync, existsSync, statSync, truncateSync } from "node:fs";

const MOST_BYTES = 16 * 1024 * 1024;
const LOOK_EVERY_MS = 60_000;

/**
 * Keeps a log from growing without end: what it has goes to FILE.1, in place of what went there before, and it begins anew. Whoever writes to it appends,
 * and goes on at the new beginning.
 */
export function boundLog(file: string, mostBytes = MOST_BYTES): void {
  if (!existsSync(file) || statSync(file).size <= mostBytes) return;
  copyFileSync(file, `${file}.1`);
  chmodSync(`${file}.1`, 0o600);
  truncateSync(file);
}

/** Does so from time to time; gives how to stop. `onError` is told once of what keeps it from it. */
export function keepLogBounded(file: string, onError: (error: unknown) => void): () => void {
  let told = false;
  const timer = setInterval(() => {
    try {
      boundLog(file);
      told = false;
    } catch (error) {
      if (!told) onError(error);
      told = true;
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
