import { defineEndpoint } from "@/lib/console/endpoint";
import { AppError } from "@/lib/core/errors";
import { getJob } from "@/lib/core/jobs/get-job";

/** A job with its progress, for its page to follow. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: async (context, actor, _query, { job: jobId = "" }) => {
    const job = await getJob(context, actor, { jobId });
    if (job === null) throw new AppError("not_found", { message: `There is no job with the id ${jobId}.` });
    return job;
  },
});
