import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { CursorSchema, type Page, PageSizeSchema } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { findJobs, findUnfinishedJobs, type JobKeys, type StoredJob } from "./job-store";
import { toJobSummary } from "./job-summary";
import type { JobSummary } from "./schema";

const JobKeysSchema: z.ZodType<JobKeys> = z.tuple([cursorKey.ms, cursorKey.text]);
const ListSchema = z.object({ size: PageSizeSchema, cursor: CursorSchema });
const RUNNING_MAX = 20;

/** One page of the environment's jobs, latest first. */
export async function listJobs(
  context: Context,
  actor: Actor,
  input: Partial<z.input<typeof ListSchema>> = {},
): Promise<Page<JobSummary>> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { size, cursor } = ListSchema.parse(input);
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("jobs", JobKeysSchema),
    keysOf: (job: StoredJob): JobKeys => [job.createdAt.getTime(), job.id],
    read: (place, limit) => findJobs(context.db.prisma, environmentId, place, limit),
  });
  return { ...page, rows: page.rows.map(toJobSummary) };
}

/** Jobs that are queued or running, latest first, at most 20. */
export async function listRunningJobs(context: Context, actor: Actor): Promise<JobSummary[]> {
  requirePermission(actor, "users.read");
  const jobs = await findUnfinishedJobs(context.db.prisma, environmentOf(actor).id, RUNNING_MAX);
  return jobs.map(toJobSummary);
}
