/** What writes gathered lines on: a destination of pino that takes bytes. */
export interface Destination {
  write(bytes: Buffer): unknown;
  flushSync(): void;
}

/** Where pino writes its lines. */
interface LineBuffer {
  write(line: string): void;
  flushSync(): void;
}

const CAPACITY_BYTES = 32_768;
const WRITTEN_AT_BYTES = 16_000;
const WRITTEN_AFTER_MS = 100;
/** Of one UTF-16 unit as UTF-8. */
const MAX_BYTES = 3;

/**
 * Gathers lines and writes them together: at 16,000 bytes, at the latest after a tenth of a second, and when the process
 * ends by itself, by `process.exit` or by an error nobody caught. The destination could do so too, but measures all that it
 * has gathered again with each line.
 */
export function bufferLines(destination: Destination): LineBuffer {
  let bytes = Buffer.allocUnsafeSlow(CAPACITY_BYTES);
  let used = 0;
  let timer: NodeJS.Timeout | undefined;

  const pass = () => {
    clearTimeout(timer);
    timer = undefined;
    if (used === 0) return;
    const lines = bytes.subarray(0, used);
    // The destination keeps what it is given until it is written.
    bytes = Buffer.allocUnsafeSlow(CAPACITY_BYTES);
    used = 0;
    destination.write(lines);
  };
  const flushSync = () => {
    pass();
    destination.flushSync();
  };
  // Before the destination's own listeners, which close it.
  process.prependListener("beforeExit", pass);
  process.prependListener("exit", flushSync);

  return {
    write(line) {
      const atMost = line.length * MAX_BYTES;
      if (used + atMost > CAPACITY_BYTES) pass();
      if (atMost > CAPACITY_BYTES) return void destination.write(Buffer.from(line));
      used += bytes.write(line, used);
      if (used >= WRITTEN_AT_BYTES) pass();
      else timer ??= setTimeout(pass, WRITTEN_AFTER_MS).unref();
    },
    flushSync,
  };
}
