import type { Actor } from "../actor";
import { execute } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findLastMove, lockClock, setClock } from "./clock-store";
import { clockTarget, developmentClock, outsideClock } from "./development-clock";
import { realNow } from "./environment-time";
import { stateAt } from "./get-clock";
import {
  type AdvanceClockInput,
  AdvanceClockSchema,
  CLOCK_AHEAD_MAX_MS,
  type ClockState,
  type SetClockInput,
  SetClockSchema,
} from "./schema";

/**
 * Moves the clock of a development environment forward by a length such as "7d"; it runs on from there. Two who advance it at once
 * both do. Throws `clock_too_far`, `version_conflict` when it is not as `seen`, `development_only`, `forbidden`.
 */
export async function advanceClock(context: Context, actor: Actor, input: AdvanceClockInput): Promise<ClockState> {
  const environment = developmentClock(actor, "clock.move");
  const { by, seen } = AdvanceClockSchema.parse(input);
  return moveClock(context, outsideClock(actor, environment), { seen, target: (time) => time + by });
}

/** Moves the clock forward to a moment. Throws as `advanceClock`, and `clock_backwards` when its time is not earlier. */
export async function setClockTo(context: Context, actor: Actor, input: SetClockInput): Promise<ClockState> {
  const environment = developmentClock(actor, "clock.move");
  const { time: to, seen } = SetClockSchema.parse(input);
  return moveClock(context, outsideClock(actor, environment), {
    seen,
    target: (time) => {
      if (to > time) return to;
      throw new AppError("clock_backwards", {
        field: "time",
        message: `The environment’s time is ${new Date(time).toISOString()} already, and a test clock only moves forward.`,
      });
    },
  });
}

interface Move {
  readonly seen: { readonly aheadMs: number } | undefined;
  /** The time to move to, from the environment's time; both in Unix milliseconds. */
  readonly target: (time: number) => number;
}

function moveClock(context: Context, actor: Actor, { seen, target }: Move): Promise<ClockState> {
  const environment = developmentClock(actor, "clock.move");
  return execute(context, actor, async (run) => {
    const clock = await lockClock(run, environment.id, "move");
    const before = clock?.aheadMs ?? 0;
    const named = clockTarget(environment);
    await requireSeen(run, actor, {
      seen,
      current: { aheadMs: before },
      target: named,
      actions: ["clock.moved", "clock.ended"],
    });
    // Another process's clock may be ahead of this one's, and moves follow one another.
    const realAt = Math.max(realNow(context), (await findLastMove(run, environment.id)) ?? 0);
    const passedFrom = realAt + before;
    const to = target(passedFrom);
    const aheadMs = to - realAt;
    if (aheadMs > CLOCK_AHEAD_MAX_MS) throw new AppError("clock_too_far");
    await setClock(run, environment.id, { aheadMs, startedAt: clock?.startedAt ?? realAt }, { passedFrom, realAt });
    return {
      result: stateAt(realAt, aheadMs),
      audit: [
        {
          action: "clock.moved",
          target: named,
          before: { time: new Date(passedFrom).toISOString(), aheadMs: before },
          after: { time: new Date(to).toISOString(), aheadMs },
        },
      ],
      events: [
        { type: "environment.changed", environmentId: environment.id },
        { type: "clock.changed", environmentId: environment.id },
      ],
    };
  });
}
