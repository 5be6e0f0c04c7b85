import type { ConsoleClient } from "../console-client/console-client";
import { type ApiCommand, type CommandResult, type FlagValues, required } from "./command";
import { developmentOf } from "./console";

interface Clock {
  readonly time: string;
  readonly realTime: string;
  readonly aheadMs: number;
}

const clockOf = async (console: ConsoleClient, flags: FlagValues) => `${await developmentOf(console, flags)}/clock`;

const result = (clock: Clock): CommandResult => ({
  data: clock,
  text:
    clock.aheadMs === 0
      ? `Development is at real time: ${clock.time}.`
      : `It is ${clock.time} in Development; in real time it is ${clock.realTime}.`,
});

const text = { type: "string" } as const;

const show: ApiCommand = {
  name: "clock show",
  usage: "[--app ID]",
  summary: "what time it is in Development, by its test clock",
  needs: "console",
  flags: { app: text },
  run: async (console, flags) => result(await console.call<Clock>("GET", await clockOf(console, flags))),
};

const advance: ApiCommand = {
  name: "clock advance",
  usage: "[--app ID] --by 7d",
  summary: "move the test clock of Development forward: 30s, 90m, 12h, 7d, 2w or 1d12h",
  needs: "console",
  flags: { app: text, by: text },
  async run(console, flags) {
    const by = required(flags, "by");
    return result(await console.call<Clock>("POST", `${await clockOf(console, flags)}/advance`, { by }));
  },
};

const set: ApiCommand = {
  name: "clock set",
  usage: "[--app ID] --to 2027-01-31T12:00:00Z",
  summary: "move it forward to a moment; it never goes backwards",
  needs: "console",
  flags: { app: text, to: text },
  async run(console, flags) {
    const time = required(flags, "to");
    return result(await console.call<Clock>("POST", `${await clockOf(console, flags)}/set`, { time }));
  },
};

const reset: ApiCommand = {
  name: "clock reset",
  usage: "[--app ID]",
  summary: "back to real time; access tokens that were issued meanwhile are refused from then on",
  needs: "console",
  flags: { app: text },
  run: async (console, flags) => result(await console.call<Clock>("DELETE", await clockOf(console, flags))),
};

export const clockCommands: readonly ApiCommand[] = [show, advance, set, reset];
