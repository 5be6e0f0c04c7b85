import { type Actor, type AppServer, type EnvironmentRef, nameOf, type System } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { registerUser } from "../users/register-user";
import { countFreeSeats } from "../users/seat-store";
import type { ScenarioName } from "./facts";
import type { Stage } from "./scenario";
import { SCENARIO_WORK } from "./scenarios";
import type { SeededScenario } from "./schema";

/** An environment as the audit log names it. */
export const targetOf = (environment: EnvironmentRef) =>
  ({ kind: "environment", id: environment.appKey, name: `${environment.appName} ${environment.name}` }) as const;

/** Throws `seats_not_free` where the people of a scenario are more than there are seats. */
export function requireSeats(scenario: ScenarioName, seats: number): void {
  const { people } = SCENARIO_WORK[scenario];
  if (typeof people === "function" || people.length <= seats) return;
  throw new AppError("seats_not_free", {
    message: `The scenario ${scenario} needs ${people.length} seats, and there are ${seats}. Nothing was changed.`,
  });
}

/** Registers a scenario’s people, in a test run where one is named, and carries out what they do. */
export async function playScenario(
  context: Context,
  actor: Actor,
  environment: EnvironmentRef,
  scenario: ScenarioName,
  run: string | null = null,
): Promise<SeededScenario> {
  const { people: wanted, groups = [], play } = SCENARIO_WORK[scenario];
  const start = context.now();
  const at: Stage["at"] = (ago) => ({ ...context, now: () => start - ago });
  const { requestId, ip } = actor;
  const app: AppServer = { kind: "app_server", source: "server_api", requestId, ip, environment };
  const operator: System = { kind: "system", source: "job", requestId, ip, environment, onBehalfOf: nameOf(actor) };
  const people =
    typeof wanted === "function" ? wanted(await countFreeSeats(context.db, environment, start, run)) : wanted;
  // A millisecond apart, so that lists by registration have one order. At once, so that they are a few transactions.
  const results = await Promise.allSettled(
    people.map(({ userId, name, avatarUrl, ago }, index) => {
      const user = { userId, name, ...(avatarUrl === undefined ? {} : { avatarUrl }) };
      return registerUser(at(ago ?? people.length - 1 - index), app, user, run === null ? {} : { testRun: run });
    }),
  );
  const registered = people.filter((_, index) => results[index]?.status === "fulfilled");
  for (const result of results) {
    // Who takes every seat is content when somebody else has taken the last ones.
    const full = typeof wanted === "function" && isQuotaReached(result);
    if (result.status === "rejected" && !full) throw result.reason;
  }
  await play?.({ environment, app, operator, start, at }, registered);
  return { scenario, users: registered.map(({ userId, name }) => ({ userId, name })), groups };
}

const isQuotaReached = (result: PromiseSettledResult<unknown>): boolean =>
  result.status === "rejected" && result.reason instanceof AppError && result.reason.code === "user_quota_reached";
