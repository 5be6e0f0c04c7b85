import { CALL_GROUPS, type ConsoleCall } from "../call";
import { deleteAppCall, getApps, getKeys, getWebhookSecret, postApp } from "./apps";
import { advanceClockCall, getClockCall, resetClockCall, setClockCall } from "./clock";
import { getAudit, getJobCall, getQuotaCall, getSettingsCall, patchSettings } from "./environment";
import { postTestOperator } from "./operators";
import { endRun, getRun, getRuns, keepUser, patchRun, postRun } from "./runs";
import { postReset, postSeed } from "./scenarios";
import { whoAmI } from "./token";
import { deleteUsers, getUsers } from "./users";

const ALL = [
  whoAmI,
  postTestOperator,
  getApps,
  postApp,
  deleteAppCall,
  getKeys,
  getWebhookSecret,
  getUsers,
  deleteUsers,
  getRuns,
  postRun,
  getRun,
  patchRun,
  endRun,
  keepUser,
  getClockCall,
  advanceClockCall,
  setClockCall,
  resetClockCall,
  postSeed,
  postReset,
  getQuotaCall,
  getSettingsCall,
  patchSettings,
  getJobCall,
  getAudit,
];

/** Every call, in the order of the reference. */
export const CALLS: readonly ConsoleCall[] = [...ALL].sort(
  (a, b) => CALL_GROUPS.indexOf(a.group) - CALL_GROUPS.indexOf(b.group),
);
