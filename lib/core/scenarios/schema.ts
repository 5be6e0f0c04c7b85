import { z } from "zod";
import { limitedText } from "../input/text";
import { TestRunIdSchema } from "../test-runs/schema";
import { SCENARIO_NAMES, type ScenarioName } from "./facts";

const ScenarioNameSchema = z.enum(SCENARIO_NAMES, {
  error: ({ input }) =>
    input === undefined
      ? `Name a scenario: ${SCENARIO_NAMES.join(", ")}.`
      : `There is no such scenario. Use ${SCENARIO_NAMES.join(", ")}.`,
});

export const SeedScenarioSchema = z.object({
  scenario: ScenarioNameSchema,
  /** The test run that its users join; where it does not live they join none. */
  run: TestRunIdSchema.optional(),
});
export type SeedScenarioInput = z.input<typeof SeedScenarioSchema>;

export const ResetSchema = z.object({
  scenario: ScenarioNameSchema.default("empty"),
  /** Of people at the console, who may have meant another environment; programs say what they mean. */
  phrase: limitedText({ characters: 200 }, { empty: true }).optional(),
});
export type ResetInput = z.input<typeof ResetSchema>;

/** What a scenario has made. */
export interface SeededScenario {
  readonly scenario: ScenarioName;
  /** In the order of their registration. */
  readonly users: ReadonlyArray<{ readonly userId: string; readonly name: string }>;
  readonly groups: ReadonlyArray<{ readonly groupId: string; readonly name: string }>;
}

/** What a reset deletes. */
export interface ResetCounts {
  /** Soft-deleted ones included. */
  readonly users: number;
  readonly groups: number;
  readonly messages: number;
  readonly testRuns: number;
  /** Unfinished ones are not carried out any more. */
  readonly jobs: number;
  readonly webhookDeliveries: number;
  /** Live connections that are closed. */
  readonly connections: number;
  /** Chat settings that go back to their defaults, by name. */
  readonly settings: readonly string[];
}

export interface ResetResult extends SeededScenario {
  readonly deleted: ResetCounts;
  /** Connections that were still open two seconds after they were to close. */
  readonly stillOpen: number;
}
