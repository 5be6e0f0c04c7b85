import type { Scenario } from "../scenario";
import { GROUP_READ_SCENARIOS } from "./group-reads";
import { GROUP_SCENARIOS } from "./groups";
import { MESSAGE_SCENARIOS } from "./messages";
import { PROFILE_SCENARIOS } from "./profiles";
import { RELATION_SCENARIOS } from "./relations";
import { USER_SCENARIOS } from "./users";

/** Everything that is measured. */
export const SCENARIOS: readonly Scenario[] = [
  ...USER_SCENARIOS,
  ...PROFILE_SCENARIOS,
  ...RELATION_SCENARIOS,
  ...MESSAGE_SCENARIOS,
  ...GROUP_READ_SCENARIOS,
  ...GROUP_SCENARIOS,
];

export function scenarioNamed(name: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario "${name}"`);
  return scenario;
}
