"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { backToRealTime } from "@/lib/core/clock/end-clock";
import { advanceClock, setClockTo } from "@/lib/core/clock/move-clock";
import type { AdvanceClockInput, ResetClockInput, SetClockInput } from "@/lib/core/clock/schema";

export const advanceClockAction = defineAction({
  permission: "clock.move",
  run: (context, actor, input: Seeing<AdvanceClockInput>) => advanceClock(context, actor, input),
});

export const setClockAction = defineAction({
  permission: "clock.move",
  run: (context, actor, input: Seeing<SetClockInput>) => setClockTo(context, actor, input),
});

export const backToRealTimeAction = defineAction({
  permission: "clock.move",
  run: (context, actor, input: Seeing<ResetClockInput>) => backToRealTime(context, actor, input),
});
