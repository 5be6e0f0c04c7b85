import { SCENARIO_NAMES, type ScenarioName } from "@/lib/core/scenarios/facts";
import type { ResetCounts, ResetResult, SeededScenario } from "@/lib/core/scenarios/schema";
import type { ConsoleClient } from "../console-client/console-client";
import { type ApiCommand, type FlagValues, UsageError } from "./command";
import { developmentOf } from "./console";

/** Development and what it holds, by named scenarios. */

const known = SCENARIO_NAMES.join(", ");

function scenarioOf(word: string | undefined): ScenarioName {
  if (word === undefined) throw new UsageError(`Name a scenario: ${known}.`);
  const name = SCENARIO_NAMES.find((candidate) => candidate === word);
  if (name === undefined) throw new UsageError(`There is no scenario "${word}": ${known}.`);
  return name;
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

const madeText = ({ users, groups }: SeededScenario) =>
  `${counted(users.length, "user")}, ${counted(groups.length, "group")}`;

const deletedText = (deleted: ResetCounts) =>
  [
    counted(deleted.users, "user"),
    counted(deleted.groups, "group"),
    counted(deleted.messages, "message"),
    counted(deleted.testRuns, "test run"),
    counted(deleted.jobs, "job"),
    counted(deleted.webhookDeliveries, "webhook delivery", "webhook deliveries"),
  ].join(", ");

const settingsText = ({ settings }: ResetCounts) =>
  settings.length === 0 ? "" : ` Chat settings back to their defaults: ${settings.join(", ")}.`;

const text = { type: "string" } as const;

const seed: ApiCommand = {
  name: "seed",
  usage: "SCENARIO [--app ID]",
  summary: `add a scenario to Development: ${known}`,
  needs: "console",
  flags: { app: text },
  positionals: ["scenario"],
  async run(console, flags, [word]) {
    const scenario = scenarioOf(word);
    const made = await console.call<SeededScenario>("POST", `${await developmentOf(console, flags)}/seed`, {
      scenario,
    });
    return { data: made, text: `Seeded the scenario ${scenario}: ${madeText(made)}.` };
  },
};

const reset: ApiCommand = {
  name: "reset",
  usage: "[SCENARIO] [--app ID] [--dry-run]",
  summary: "empty Development and bring it to a scenario, by itself to nobody; --dry-run says what would go",
  needs: "console",
  flags: { app: text, "dry-run": { type: "boolean" } },
  positionals: ["scenario"],
  run: (console, flags, [word]) => resetTo(console, flags, scenarioOf(word ?? "empty")),
};

async function resetTo(console: ConsoleClient, flags: FlagValues, scenario: ScenarioName) {
  const dryRun = flags["dry-run"] === true;
  const path = `${await developmentOf(console, flags)}/reset`;
  const result = await console.call<ResetResult>("POST", path, { scenario, dryRun });
  const { deleted, stillOpen } = result;
  if (dryRun) {
    return {
      data: { scenario, dryRun, deleted },
      text: `A reset to ${scenario} would delete ${deletedText(deleted)}, and close ${counted(deleted.connections, "connection")}.${settingsText(deleted)} Nothing was changed.`,
    };
  }
  const open = stillOpen === 0 ? "" : ` ${counted(stillOpen, "connection")} did not close in two seconds.`;
  return {
    data: result,
    text: `Deleted ${deletedText(deleted)}.${settingsText(deleted)}${open} Development has the scenario ${scenario}: ${madeText(result)}.`,
  };
}

export const scenarioCommands: readonly ApiCommand[] = [seed, reset];
