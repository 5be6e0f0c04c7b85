import { z } from "zod";
import { SCENARIO_NAMES } from "@/lib/core/scenarios/facts";
import { planReset, resetEnvironment } from "@/lib/core/scenarios/reset-environment";
import { type ResetInput, ResetSchema, type SeedScenarioInput, SeedScenarioSchema } from "@/lib/core/scenarios/schema";
import { seedScenario } from "@/lib/core/scenarios/seed-scenario";
import { defineCall } from "../call";

const made = {
  scenario: z.enum(SCENARIO_NAMES),
  users: z.array(z.object({ userId: z.string(), name: z.string() })).describe("In the order of their registration."),
  groups: z.array(z.object({ groupId: z.string(), name: z.string() })),
};

const Deleted = z.object({
  users: z.int().describe("Soft-deleted ones included."),
  groups: z.int(),
  messages: z.int(),
  testRuns: z.int(),
  jobs: z.int(),
  webhookDeliveries: z.int(),
  connections: z.int().describe("Live ones, which are closed."),
  settings: z.array(z.string()).describe("That go back to their defaults."),
});

const common = { group: "Scenarios", environments: "development" } as const;

export const postSeed = defineCall({
  ...common,
  method: "POST",
  path: "/apps/{app}/{env}/seed",
  operationId: "seedScenario",
  summary: "Seed a scenario",
  description:
    "Adds the users of a scenario, and what they have done, to what is there. Refuses with `user_exists` or `group_exists` when one of them is there already.",
  permission: "scenarios.seed",
  input: SeedScenarioSchema,
  output: z.object(made),
  status: 201,
  run: (context, actor, { input }) => seedScenario(context, actor, input as SeedScenarioInput),
});

const ResetCallSchema = ResetSchema.omit({ phrase: true }).extend({
  dryRun: z.boolean("Must be true or false.").default(false),
});

export const postReset = defineCall({
  ...common,
  method: "POST",
  path: "/apps/{app}/{env}/reset",
  operationId: "resetEnvironment",
  summary: "Reset an environment to a scenario",
  description:
    "Deletes all users with everything of theirs, groups, messages, test runs, jobs, webhook deliveries and counts, puts the settings back to their defaults, closes every connection, and seeds the scenario. The audit log, App Key, user limit and webhook address stay. With `dryRun` nothing is changed: `deleted` says what would go.",
  permission: "scenarios.reset",
  input: ResetCallSchema,
  output: z.object({
    ...made,
    deleted: Deleted,
    stillOpen: z.int().describe("Connections that were still open two seconds after they were to close."),
  }),
  async run(context, actor, { input }) {
    const { dryRun, scenario } = ResetCallSchema.parse(input);
    if (!dryRun) return resetEnvironment(context, actor, input as ResetInput);
    return { scenario, users: [], groups: [], deleted: await planReset(context, actor), stillOpen: 0 };
  },
});
