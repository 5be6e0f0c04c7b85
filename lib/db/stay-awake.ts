import { availableParallelism } from "node:os";

/** An answer that takes longer than this is waited for asleep. */
const AWAKE_FOR_MS = 0.4;
/** Questions that follow each other this closely are a load, for which staying awake pays. */
const UNDER_LOAD_WITHIN_MS = 1;

/** What is told of questions to PostgreSQL and of its answers; at most one question is open at a time. */
export interface StayAwake {
  sent(): void;
  answered(): void;
}

/**
 * Keeps this process from falling asleep for the moment that PostgreSQL takes to answer, while questions follow each other
 * closely. To wake a sleeping processor can take as long as the answer itself (docs/decisions/0062-awake-under-load.md).
 * Everything else goes on meanwhile: the event loop turns, it only does not wait. With one processor there is none to wait on,
 * and it sleeps always. `clock` gives milliseconds.
 */
export function createStayAwake(processors = availableParallelism(), clock = () => performance.now()): StayAwake {
  let open = false;
  let until = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let turning = false;

  const turn = () => {
    if (open && clock() < until) setImmediate(turn);
    else turning = false;
  };

  return {
    sent() {
      open = true;
      const now = clock();
      if (processors < 2 || now - answeredAt > UNDER_LOAD_WITHIN_MS) return;
      until = now + AWAKE_FOR_MS;
      if (turning) return;
      turning = true;
      setImmediate(turn);
    },
    answered() {
      open = false;
      answeredAt = clock();
    },
  };
}
