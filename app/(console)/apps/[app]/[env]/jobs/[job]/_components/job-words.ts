import { formatCount, plural } from "@/components/ui/count-text";
import { ERRORS } from "@/lib/core/errors";
import type { JobItemRow, JobSummary } from "@/lib/core/jobs/schema";

/** "Deletion of 61 users" */
export function jobTitle(job: Pick<JobSummary, "total">): string {
  return `Deletion of ${plural(job.total, "user")}`;
}

/** What came of it: "61 deleted", "58 deleted, 3 not". */
export function outcomeWords(job: Pick<JobSummary, "succeeded" | "failed">): string {
  const deleted = `${formatCount(job.succeeded)} deleted`;
  return job.failed === 0 ? deleted : `${deleted}, ${formatCount(job.failed)} not`;
}

export const STATE_WORDS = { queued: "Waiting for a worker", running: "Running", finished: "Finished" } as const;

const NOTES: Readonly<Record<string, string>> = {
  user_not_found: "Was gone already",
  user_registered_again: "Left alone: the ID belongs to a new user by now",
};

/** What is to be said about one item besides its state; "" when nothing. */
export function itemNote(item: Pick<JobItemRow, "state" | "errorCode">): string {
  const { state, errorCode } = item;
  if (errorCode === null) return "";
  if (state === "succeeded") return NOTES[errorCode] ?? errorCode;
  return Object.hasOwn(ERRORS, errorCode)
    ? ERRORS[errorCode as keyof typeof ERRORS].sentence
    : "It could not be deleted.";
}
