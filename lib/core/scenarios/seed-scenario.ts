import type { Actor, EnvironmentRef } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { countFreeSeats } from "../users/seat-store";
import { actAlone, developmentForScenarios } from "./act-alone";
import type { ScenarioName } from "./facts";
import { playScenario, requireSeats, targetOf } from "./play-scenario";
import { findPresent } from "./scenario-store";
import { SCENARIO_WORK } from "./scenarios";
import { type SeededScenario, type SeedScenarioInput, SeedScenarioSchema } from "./schema";

/**
 * Adds a scenario to what Development has. Throws with nothing changed `seats_not_free`, `user_exists` or `group_exists` where one of
 * its people or groups is there already, `scenario_running`, `development_only`, `forbidden`.
 */
export async function seedScenario(context: Context, actor: Actor, input: SeedScenarioInput): Promise<SeededScenario> {
  const environment = developmentForScenarios(actor, "scenarios.seed");
  const { scenario, run = null } = SeedScenarioSchema.parse(input);
  return actAlone(context, environment, async () => {
    await requireAbsent(context, environment, scenario);
    requireSeats(scenario, await countFreeSeats(context.db, environment, context.now(), run));
    // Recorded first: whatever hinders the rest, the log says where these users come from.
    await execute(context, actor, async () => ({
      result: undefined,
      audit: [
        {
          action: "scenario.seeded",
          target: targetOf(environment),
          after: { scenario, ...(run === null ? {} : { run }) },
        },
      ],
    }));
    return playScenario(context, actor, environment, scenario, run);
  });
}

async function requireAbsent(context: Context, environment: EnvironmentRef, scenario: ScenarioName): Promise<void> {
  const { people, groups = [] } = SCENARIO_WORK[scenario];
  const all = typeof people === "function" ? people(environment.userLimit ?? 0) : people;
  const present = await findPresent(context.db.prisma, environment.id, {
    userIds: all.map(({ userId }) => userId),
    groupIds: groups.map(({ groupId }) => groupId),
  });
  if (present === null) return;
  const isUser = "userId" in present;
  const what = isUser ? `user ${present.userId}` : `group ${present.groupId}`;
  throw new AppError(isUser ? "user_exists" : "group_exists", {
    message: `The ${what} of the scenario ${scenario} is there already. Nothing was changed: reset Development to the scenario instead.`,
  });
}
