"use server";

import { defineAction } from "@/lib/console/action";
import { retryFailed as retry } from "@/lib/core/jobs/retry-failed";

/** Queues the failed items of a finished job again. */
export const retryFailed = defineAction({ permission: "users.delete_test", run: retry });
