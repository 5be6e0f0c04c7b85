/**
 * Does something now and again after each pause, never twice at the same time. `now` does it at once, or once more when
 * it is being done; `stop` waits for what is being done.
 */
export function repeat(work: () => Promise<void>, pauseMs: number, onError: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let wanted = false;
  let running: Promise<void> | null = null;

  const start = () => {
    clearTimeout(timer);
    running = work()
      .catch(onError)
      .then(() => {
        running = null;
        if (stopped) return;
        if (wanted) {
          wanted = false;
          start();
        } else timer = setTimeout(start, pauseMs);
      });
  };
  start();
  return {
    now() {
      if (stopped) return;
      if (running === null) start();
      else wanted = true;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
