import { banJob } from "../bans/ban-job";
import { unbanJob } from "../bans/unban-job";
import { deletionJob } from "../deletion/deletion-job";
import { restoreJob } from "../soft-delete/restore-job";
import { addTagJob, removeTagJob } from "../tags/tag-job";
import { invalidateJob } from "../tokens/invalidate-job";
import { copyDataJob } from "../user-data/copy-data-job";
import type { BulkKind } from "./bulk-kind";
import type { BulkAct } from "./schema";

/** The jobs that do one thing with each of many users. */
export const BULK_KINDS: { readonly [Kind in BulkAct["kind"]]: BulkKind<Kind> } = {
  ban: banJob,
  unban: unbanJob,
  invalidate_tokens: invalidateJob,
  restore: restoreJob,
  add_tag: addTagJob,
  remove_tag: removeTagJob,
  copy_data: copyDataJob,
  delete_test_users: deletionJob,
};
