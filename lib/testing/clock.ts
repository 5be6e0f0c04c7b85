import type { ConsoleApi } from "./console-api";

/** The test clock of an app's Development environment: all that obeys a time obeys it (docs/testing-the-console.md). */
export interface Clock {
  /** The environment's time. */
  now(): Promise<Date>;
  /** Moves it forward, by "30s", "90m", "7d" or "1d12h"; gives the environment's time. */
  advance(by: string): Promise<Date>;
  /** Moves it forward to a moment. Throws `Refused` with `clock_backwards` for an earlier one. */
  set(time: Date | string): Promise<Date>;
  /** Back to real time. Access tokens that were issued meanwhile are refused from then on: register those users again. */
  reset(): Promise<Date>;
  /** Whether it was moved here, and not taken back since. */
  readonly moved: boolean;
}

export function clockOf(console: ConsoleApi, app: string): Clock {
  const place = { app, env: "development" };
  let moved = false;
  const after = async (call: Promise<{ readonly time: string }>, now: boolean) => {
    const { time } = await call;
    moved = now;
    return new Date(time);
  };
  return {
    get moved() {
      return moved;
    },
    now: async () => new Date((await console.call("getClock", place)).time),
    advance: (by) => after(console.call("advanceClock", place, { by }), true),
    set: (time) => after(console.call("setClock", place, { time: new Date(time).toISOString() }), true),
    reset: () => after(console.call("resetClock", place), false),
  };
}
