import type { Scenario } from "../scenario";
import { MESSAGE_AND_GROUP_SCENARIOS } from "./messages-and-groups";
import { PROFILE_SCENARIOS } from "./profiles";
import { RELATION_SCENARIOS } from "./relations";
import { USER_SCENARIOS } from "./users";

/** Everything that is measured, in an order in which nothing takes away what comes later. */
export const SCENARIOS: readonly Scenario[] = [
  ...USER_SCENARIOS,
  ...PROFILE_SCENARIOS,
  ...RELATION_SCENARIOS,
  ...MESSAGE_AND_GROUP_SCENARIOS,
];

export function scenarioNamed(name: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario "${name}"`);
  return scenario;
}
