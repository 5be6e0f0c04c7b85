import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import type { JobSummary } from "./facts";
import { findJobs, type JobKeys, type StoredJob } from "./job-store";
import { toJobSummary } from "./job-summary";
import { type JobListQueryInput, JobListQuerySchema } from "./schema";

const JobKeysSchema: z.ZodType<JobKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

/** One page of an environment's jobs, latest first; of one state or kind, or all. */
export async function listJobs(context: Context, actor: Actor, input: JobListQueryInput): Promise<Page<JobSummary>> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { size, cursor, ...filter } = JobListQuerySchema.parse(input);
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("jobs", JobKeysSchema),
    keysOf: (job: StoredJob): JobKeys => [job.createdAt.getTime(), job.id],
    read: (place, limit) => findJobs(context.db.prisma, environmentId, filter, place, limit),
  });
  return { ...page, rows: page.rows.map(toJobSummary) };
}
