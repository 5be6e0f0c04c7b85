import { defineEndpoint } from "@/lib/console/endpoint";
import { fileResponse } from "@/lib/console/file-response";
import { downloadCopies } from "@/lib/core/user-data/download-copies";

/** What a job has copied of users, as JSON. */
export const GET = defineEndpoint({
  permission: "users.copy_data",
  download: true,
  run: async (context, actor, _query, { job: jobId = "" }) => {
    const { fileName: name, contentType, chunks } = await downloadCopies(context, actor, { jobId });
    return fileResponse(context, actor, { name, contentType, chunks });
  },
});
