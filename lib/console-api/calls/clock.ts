import { z } from "zod";
import { backToRealTime } from "@/lib/core/clock/end-clock";
import { getClock } from "@/lib/core/clock/get-clock";
import { advanceClock, setClockTo } from "@/lib/core/clock/move-clock";
import {
  type AdvanceClockInput,
  AdvanceClockSchema,
  type ClockState,
  type SetClockInput,
  SetClockSchema,
} from "@/lib/core/clock/schema";
import { defineCall } from "../call";
import { Moment } from "./shapes";

const Clock = z.object({
  time: Moment.describe("The environment’s time."),
  realTime: Moment,
  aheadMs: z.int().describe("How far it is ahead of real time; 0: there is no test clock."),
});

const toClock = ({ time, realTime, aheadMs }: ClockState) => ({ time, realTime, aheadMs });

const CLOCK = "/apps/{app}/{env}/clock" as const;
const common = { group: "Test clock", environments: "development", output: Clock } as const;

export const getClockCall = defineCall({
  ...common,
  method: "GET",
  path: CLOCK,
  operationId: "getClock",
  summary: "What time it is in Development",
  description: "By its test clock, or by real time where it has none.",
  permission: "clock.read",
  input: null,
  run: async (context, actor) => toClock(getClock(context, actor)),
});

export const advanceClockCall = defineCall({
  ...common,
  method: "POST",
  path: `${CLOCK}/advance`,
  operationId: "advanceClock",
  summary: "Move the test clock forward",
  description:
    "By a length such as `30s`, `90m`, `7d` or `1d12h`; it runs on from there. Bans, access tokens, friend requests, test runs and webhooks’ retries obey it. It is the clock of the whole environment, so whoever shares it is moved as well.",
  permission: "clock.move",
  input: AdvanceClockSchema.pick({ by: true }),
  run: async (context, actor, { input }) => toClock(await advanceClock(context, actor, input as AdvanceClockInput)),
});

export const setClockCall = defineCall({
  ...common,
  method: "POST",
  path: `${CLOCK}/set`,
  operationId: "setClock",
  summary: "Move the test clock to a moment",
  description: "A later one: `clock_backwards` otherwise. At most 10 years ahead of real time.",
  permission: "clock.move",
  input: SetClockSchema.pick({ time: true }),
  run: async (context, actor, { input }) => toClock(await setClockTo(context, actor, input as SetClockInput)),
});

export const resetClockCall = defineCall({
  ...common,
  method: "DELETE",
  path: CLOCK,
  operationId: "resetClock",
  summary: "Go back to real time",
  description:
    "Every time that the environment has recorded becomes the real moment of it: what was over stays over, and of bans and test runs that go on is left what was left. Access tokens that were issued under the clock are refused from now on: register those users again.",
  permission: "clock.move",
  input: null,
  run: async (context, actor) => toClock(await backToRealTime(context, actor, {})),
});
