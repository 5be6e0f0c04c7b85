/** Gives a function that runs what it is given, at most `most` at a time and first come first served. */
export function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Array<() => void> = [];
  let running = 0;
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((start) => waiting.push(start));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Its place goes over to the next one, so that nobody who comes now gets in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** Gives a function that runs what it is given under the same key one after another, first come first served. */
export function oneAtATime(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = result.then(
      () => {},
      // Its own caller is told; the next one is not held up by it.
      () => {},
    );
    last.set(key, settled);
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return result;
  };
}

/**
 * So many at once and so many a second after that. `spend` takes one, also one that is not there yet; `waitMs` says how long to wait
 * until there is one.
 */
export function budget({ most, perSecond }: { most: number; perSecond: number }) {
  let left = most;
  let at = performance.now();
  const refill = () => {
    const now = performance.now();
    left = Math.min(most, left + ((now - at) / 1_000) * perSecond);
    at = now;
  };
  return {
    waitMs(): number {
      refill();
      return left >= 1 ? 0 : ((1 - left) / perSecond) * 1_000;
    },
    spend(): void {
      refill();
      left -= 1;
    },
  };
}
