import { onPool } from "@/lib/db/statement";
import type { Actor, EnvironmentRef } from "../actor";
import { emptyEnvironment } from "../apps/app-data-store";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { deletionEvents } from "../deletion/deletion-records";
import { AppError } from "../errors";
import { waitUntilClosed } from "../presence/confirm-closed";
import { countRemaining } from "../presence/connection-store";
import { forgetSettings } from "../settings/settings-of";
import { lockSeats } from "../users/seat-store";
import { actAlone, developmentForScenarios } from "./act-alone";
import { RESET_PHRASE, type ScenarioName } from "./facts";
import { playScenario, requireSeats, targetOf } from "./play-scenario";
import {
  countWhatResets,
  endReceiverPause,
  findMemberships,
  findOpenConnections,
  lockEverybody,
  lockUnfinishedJobs,
  moveSettingsVersion,
} from "./reset-store";
import { type ResetCounts, type ResetInput, type ResetResult, ResetSchema } from "./schema";

/** Dry run: what a reset would delete, changing nothing. Throws `development_only`, `forbidden`. */
export async function planReset(context: Context, actor: Actor): Promise<ResetCounts> {
  const environment = developmentForScenarios(actor, "scenarios.reset");
  return countWhatResets(onPool(context.db.pool), environment.id);
}

/**
 * Brings Development to a scenario, whatever was in it: everything of its users goes, groups, messages, test runs, jobs, deliveries and
 * counts with them (`ENVIRONMENT_TABLES`), settings go back to their defaults, and the scenario is seeded. The audit log, App Key,
 * user limit and webhook stay. Who is connected is cut off.
 *
 * The emptying is one transaction under the lock that registrations take: who registers before it is deleted, who registers after it
 * is in what comes after the reset. Throws `invalid_parameter` (field `phrase`) unless an
 * operator at the console has typed it, `seats_not_free` where the limit is lower than the scenario’s people are many, with nothing
 * changed; `scenario_running`, `development_only`, `forbidden`.
 */
export async function resetEnvironment(context: Context, actor: Actor, input: ResetInput): Promise<ResetResult> {
  const environment = developmentForScenarios(actor, "scenarios.reset");
  const { scenario, phrase } = ResetSchema.parse(input);
  if (actor.kind === "operator" && actor.source === "console" && phrase !== RESET_PHRASE) {
    throw new AppError("invalid_parameter", { field: "phrase", message: `Type “${RESET_PHRASE}” to confirm.` });
  }
  return actAlone(context, environment, async () => {
    const { deleted, connections } = await empty(context, actor, environment, scenario);
    forgetSettings(context, environment.id);
    // Before anybody of the same id registers: who is cut off must be the one from before.
    const stillOpen =
      connections.length === 0
        ? 0
        : await waitUntilClosed(() => countRemaining(context.db.prisma, environment.id, connections));
    const seeded = await playScenario(context, actor, environment, scenario);
    return { ...seeded, deleted, stillOpen };
  });
}

function empty(context: Context, actor: Actor, environment: EnvironmentRef, scenario: ScenarioName) {
  const { id } = environment;
  return execute(context, actor, async (run) => {
    await lockUnfinishedJobs(run, id);
    const { limit } = await lockSeats(run, id, context.now());
    requireSeats(scenario, limit);
    const userIds = await lockEverybody(run, id);
    const deleted = await countWhatResets(run, id);
    const connections = await findOpenConnections(run, id);
    const memberships = await findMemberships(run, id);
    await emptyEnvironment(run, id);
    await endReceiverPause(run, id);
    if (deleted.settings.length > 0) await moveSettingsVersion(run, id);
    return {
      result: { deleted, connections },
      audit: [
        {
          action: "environment.reset",
          target: targetOf(environment),
          before: { ...deleted },
          after: { scenario },
        },
      ],
      events: [
        ...deletionEvents(id, userIds, memberships),
        ...(deleted.settings.length > 0 ? [{ type: "settings.changed", environmentId: id } as const] : []),
      ],
    };
  });
}
