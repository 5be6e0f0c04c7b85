import { z } from "zod";
import { defineEndpoint } from "@/lib/console/endpoint";
import { fileResponse } from "@/lib/console/file-response";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { getJob, type JobDetail } from "@/lib/core/jobs/get-job";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import { recordResultsDownload } from "@/lib/core/jobs/record-results-download";
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

    await recordResultsDownload(context, actor, { jobId: job.id, format });
    const type = format === "csv" ? "text/csv" : "application/json";
    const chunks = file(context, actor, job, format);
    return fileResponse(context, actor, { name: `${job.id}.${format}`, contentType: `${type}; charset=utf-8`, chunks });
  },
});

/** The results page by page, as they are read: a job may have a million. */
async function* file(
  context: Context,
  actor: Actor,
  job: JobDetail,
  format: "csv" | "json",
): AsyncGenerator<string, void, undefined> {
  yield format === "csv"
    ? csvLine(["user_id", "state", "error_code", "finished_at", "line", "note"])
    : `{"job":${JSON.stringify(job)},"items":[`;
  let cursor: string | null | undefined;
  for (let first = true; cursor !== null; first = false) {
    const page = await listJobItems(context, actor, { jobId: job.id, size: ROWS_PER_READ, cursor });
    if (format === "csv") yield page.rows.map(lineOf).join("");
    else yield `${first || page.rows.length === 0 ? "" : ","}${page.rows.map((row) => JSON.stringify(row)).join(",")}`;
    cursor = page.next;
  }
  if (format === "json") yield "]}";
}

const lineOf = ({ targetId, state, errorCode, finishedAt, line, note }: JobItemRow) =>
  csvLine([targetId, state, errorCode ?? "", finishedAt?.toISOString() ?? "", line?.toString() ?? "", note ?? ""]);
