/** What writes gathered lines on: a destination of pino. */
interface Destination {
  write(text: string): unknown;
  flushSync(): void;
}

const WRITTEN_AT_CHARACTERS = 16_000;
const WRITTEN_AFTER_MS = 100;

/**
 * Gathers lines and writes them together: at 16,000 characters, at the latest after a tenth of a second, and when the
 * process ends by itself, by `process.exit` or by an error nobody caught. The destination could do so too, but measures all
 * that it has gathered again with each line.
 */
export function bufferLines(destination: Destination): Destination {
  let text = "";
  let timer: NodeJS.Timeout | undefined;

  const pass = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text === "") return;
    const lines = text;
    text = "";
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
      text += line;
      if (text.length >= WRITTEN_AT_CHARACTERS) pass();
      else timer ??= setTimeout(pass, WRITTEN_AFTER_MS).unref();
    },
    flushSync,
  };
}
