import { z } from "zod";
import { defineEndpoint } from "@/lib/console/endpoint";
import { AppError } from "@/lib/core/errors";
import { getJob } from "@/lib/core/jobs/get-job";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import type { JobItemRow } from "@/lib/core/jobs/schema";
import { csvLine } from "./csv";

const ROWS_PER_READ = 100;
const FormatSchema = z.object({ format: z.enum(["csv", "json"], { message: "must be csv or json" }) });

/** The result of each user of a job as a file: `?format=csv` for spreadsheets, `?format=json` for programs. */
export const GET = defineEndpoint({
  permission: "users.read",
  download: true,
  run: async (context, actor, query: { format?: string }, { job: jobId = "" }) => {
    const { format } = FormatSchema.parse(query);
    const job = await getJob(context, actor, { jobId });
    if (job === null) throw new AppError("not_found", { message: `There is no job with the id ${jobId}.` });

    const items: JobItemRow[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listJobItems(context, actor, { jobId, size: ROWS_PER_READ, cursor });
      items.push(...page.rows);
      cursor = page.next;
    }
    const headers = (type: string) => ({
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${job.id}.${format}"`,
      "Cache-Control": "no-store",
    });
    if (format === "json") {
      return new Response(JSON.stringify({ job, items }, null, 2), { headers: headers("application/json") });
    }
    const lines = items.map((item) =>
      csvLine([item.targetId, item.state, item.errorCode ?? "", item.finishedAt?.toISOString() ?? ""]),
    );
    return new Response(csvLine(["user_id", "state", "error_code", "finished_at"]) + lines.join(""), {
      headers: headers("text/csv"),
    });
  },
});
