import { formatCount } from "@/components/ui/count-text";
import { ERRORS } from "@/lib/core/errors";
import type { JobKindName, JobSummary } from "@/lib/core/jobs/facts";
import type { JobItemRow } from "@/lib/core/jobs/schema";

interface KindWords {
  /** Of the filter and the list: "Ban". */
  readonly label: string;
  /** What has become of a user: "61 banned, 2 not". */
  readonly done: string;
}

export const JOB_KIND_WORDS: Readonly<Record<JobKindName, KindWords>> = {
  ban: { label: "Ban", done: "banned" },
  unban: { label: "Unban", done: "unbanned" },
  invalidate_tokens: { label: "Invalidate tokens", done: "invalidated" },
  restore: { label: "Restore", done: "restored" },
  add_tag: { label: "Tag", done: "tagged" },
  remove_tag: { label: "Untag", done: "untagged" },
  undo_bans: { label: "Undo", done: "put back" },
  copy_data: { label: "Copy data", done: "copied" },
  delete_test_users: { label: "Delete test users", done: "deleted" },
  import_users: { label: "Import", done: "imported" },
};

export const JOB_STATE_WORDS = {
  queued: "Waiting to start",
  running: "Running",
  finished: "Finished",
  cancelled: "Cancelled",
} as const;

/** "banned", and for a kind that this build does not know "done". */
export const doneWord = (kind: string): string =>
  Object.hasOwn(JOB_KIND_WORDS, kind) ? JOB_KIND_WORDS[kind as JobKindName].done : "done";

type Outcome = Pick<JobSummary, "kind" | "succeeded" | "failed" | "skipped">;

/** What came of it: "61 deleted", "58 deleted, 3 not", "58 banned, 2 left out". */
export function outcomeWords({ kind, succeeded, failed, skipped }: Outcome): string {
  const parts = [`${formatCount(succeeded)} ${doneWord(kind)}`];
  if (failed > 0) parts.push(`${formatCount(failed)} not`);
  if (skipped > 0) parts.push(`${formatCount(skipped)} left out`);
  return parts.join(", ");
}

/** How many items a job has dealt with. */
export const dealtWith = ({ succeeded, failed, skipped }: Omit<Outcome, "kind">): number =>
  succeeded + failed + skipped;

const REASONS: Readonly<Record<string, string>> = {
  user_not_found: "Not registered in this environment",
  user_soft_deleted: "Soft-deleted",
  user_registered_later: "Registered after the dry run",
  user_registered_again: "The ID belongs to a new user now",
  user_not_soft_deleted: "Not soft-deleted",
  user_restore_too_early: "Soft-deleted too recently",
  user_quota_reached: "No seat is free in Development",
  user_exists: "Already registered",
  user_updated: "Name and avatar updated",
  invalid_line: "The line has an error",
  unchanged: "Already has this name and avatar",
  not_banned: "Not banned",
  ban_over: "The ban would have ended by now",
  version_conflict: "Someone else has changed this",
  tagged_already: "Already has the tag",
  tags_full: "Already has 20 tags",
  not_tagged: "Does not have the tag",
};

/** Why a user is not changed, by the code of a dry run or of a job. */
export function reasonWords(code: string): string {
  if (Object.hasOwn(REASONS, code)) return REASONS[code] ?? code;
  return Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS].sentence : code;
}

/** What is to be said about one item besides its state; "" when nothing. */
export function itemNote({ state, errorCode, note }: Pick<JobItemRow, "state" | "errorCode" | "note">): string {
  if (errorCode === null) return "";
  if (note !== null) return note;
  if (state === "succeeded" && errorCode === "user_not_found") return "Was already gone";
  return reasonWords(errorCode);
}
