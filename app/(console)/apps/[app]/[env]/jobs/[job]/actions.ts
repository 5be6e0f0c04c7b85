"use server";

import { defineAction } from "@/lib/console/action";
import { cancelJob } from "@/lib/core/jobs/cancel-job";
import { retryFailed } from "@/lib/core/jobs/retry-failed";
import { undoJob } from "@/lib/core/jobs/undo-job";

// Which role a job needs depends on its kind, which the use cases look up.

/** Queues the failed items of a finished job again. */
export const retryFailedAction = defineAction({ permission: "jobs.start", run: retryFailed });

/** Cancels a job; what it has done stays. */
export const cancelJobAction = defineAction({ permission: "jobs.start", run: cancelJob });

/** Starts the job that takes another one back. */
export const undoJobAction = defineAction({ permission: "jobs.start", run: undoJob });
