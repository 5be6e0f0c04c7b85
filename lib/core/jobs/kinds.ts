import { undoBansJob } from "../bans/undo-bans-job";
import { BULK_KINDS } from "../bulk/bulk-kinds";
import { importJob } from "../imports/import-job";
import type { JobKindName } from "./facts";
import type { JobKind } from "./kind";

/** How each kind of job is carried out. */
export const JOB_KIND_WORK: Readonly<Record<JobKindName, JobKind>> = {
  ...BULK_KINDS,
  undo_bans: undoBansJob,
  import_users: importJob,
};
