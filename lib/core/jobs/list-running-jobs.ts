import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import type { JobSummary } from "./facts";
import { toJobSummary } from "./job-summary";
import { findUnfinishedJobs } from "./unfinished-job-store";

const RUNNING_MAX = 20;

/** Jobs that are queued or running, latest first, at most 20. */
export async function listRunningJobs(context: Context, actor: Actor): Promise<JobSummary[]> {
  requirePermission(actor, "users.read");
  const jobs = await findUnfinishedJobs(context.db.prisma, environmentOf(actor).id, RUNNING_MAX);
  return jobs.map(toJobSummary);
}
