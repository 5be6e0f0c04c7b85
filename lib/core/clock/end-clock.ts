import type { Actor } from "../actor";
import { execute } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { lockClock } from "./clock-store";
import { clockTarget, developmentClock, outsideClock } from "./development-clock";
import { realNow } from "./environment-time";
import { stateAt } from "./get-clock";
import { type ClockState, type ResetClockInput, ResetClockSchema } from "./schema";
import { endClock } from "./times-store";

/**
 * Takes a development environment back to real time. Each time that its clock has said becomes the real moment at which it said so
 * (docs/decisions/0080-the-test-clock.md): the order of everything stays, what was over stays over, and of bans, test runs, friend
 * requests and messages is left what was left. Access tokens that were issued under the clock are refused from now on. Does nothing
 * where there is no clock. Throws `version_conflict` when it is not as `seen`, `development_only`, `forbidden`.
 */
export async function backToRealTime(context: Context, actor: Actor, input: ResetClockInput): Promise<ClockState> {
  const environment = developmentClock(actor, "clock.move");
  const { seen } = ResetClockSchema.parse(input);
  const mover = outsideClock(actor, environment);
  return execute(context, mover, async (run) => {
    const clock = await lockClock(run, environment.id, "end");
    const before = clock?.aheadMs ?? 0;
    const target = clockTarget(environment);
    await requireSeen(run, mover, {
      seen,
      current: { aheadMs: before },
      target,
      actions: ["clock.moved", "clock.ended"],
    });
    const real = realNow(context);
    const result = stateAt(real, 0);
    if (clock === null) return { result };
    await endClock(run, environment.id);
    return {
      result,
      audit: [
        {
          action: "clock.ended",
          target,
          before: { time: new Date(real + before).toISOString(), aheadMs: before },
          after: { time: new Date(real).toISOString(), aheadMs: 0 },
        },
      ],
      events: [
        { type: "environment.changed", environmentId: environment.id },
        { type: "clock.changed", environmentId: environment.id },
      ],
    };
  });
}
