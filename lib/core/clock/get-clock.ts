import type { Actor } from "../actor";
import type { Context } from "../context";
import { developmentClock } from "./development-clock";
import { realNow } from "./environment-time";
import type { ClockState } from "./schema";

/** What the clock of a development environment says. Reads nothing: it came with the environment. Throws `development_only`, `forbidden`. */
export function getClock(context: Context, actor: Actor): ClockState {
  return stateAt(realNow(context), developmentClock(actor, "clock.read").clock?.aheadMs ?? 0);
}

/** `real` in Unix milliseconds. */
export const stateAt = (real: number, aheadMs: number): ClockState => ({
  time: new Date(real + aheadMs),
  realTime: new Date(real),
  aheadMs,
});
