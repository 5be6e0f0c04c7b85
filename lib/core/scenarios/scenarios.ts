import { bansEnding } from "./bans-ending";
import { busyAudit } from "./busy-audit";
import { fullQuota, wave } from "./crowds";
import { demo } from "./demo";
import type { ScenarioName } from "./facts";
import { friends } from "./friends";
import type { Scenario } from "./scenario";
import { softDeleted } from "./soft-deleted";
import { unicode } from "./unicode";

/** What each scenario is made of. */
export const SCENARIO_WORK: Readonly<Record<ScenarioName, Scenario>> = {
  empty: { people: [] },
  friends,
  "bans-ending": bansEnding,
  "full-quota": fullQuota,
  wave,
  unicode,
  "soft-deleted": softDeleted,
  "busy-audit": busyAudit,
  demo,
};
