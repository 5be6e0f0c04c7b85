/** Ctrl-C arrives twice when npm passes on what the terminal has sent already. */
const SAME_KEYSTROKE_MS = 1000;

export interface StopSignals {
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP. */
  readonly stop: AbortSignal;
}

/** Listens for the operator's wish to stop. A second one, later than a moment after the first, calls `force`. */
export function listenForStop(force: () => void): StopSignals {
  const controller = new AbortController();
  let first = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (first === 0) {
        first = Date.now();
        controller.abort(signal);
      } else if (Date.now() - first > SAME_KEYSTROKE_MS) {
        force();
      }
    });
  }
  return { stop: controller.signal };
}
