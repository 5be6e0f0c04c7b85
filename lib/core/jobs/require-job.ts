import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf } from "../actor";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { jobKindFacts } from "./facts";
import { lockJob, type StoredJob } from "./job-store";

/**
 * Locks a job that the actor may change: cancel, retry, undo. Throws `not_found`, `forbidden` for whom its kind is not
 * allowed, and for app servers, who have no jobs.
 */
export async function requireJob(tx: Db, actor: Actor, jobId: string): Promise<StoredJob> {
  requirePermission(actor, "jobs.start");
  if (actor.kind === "app_server") throw new AppError("forbidden", { message: "Jobs are of the console only." });
  const job = await lockJob(tx, environmentOf(actor).id, jobId);
  if (job === null) throw new AppError("not_found", { message: `There is no job with the id ${jobId}.` });
  const facts = jobKindFacts(job.kind);
  if (facts !== undefined) requirePermission(actor, facts.permission);
  if (facts?.developmentOnly === true && environmentOf(actor).name !== "development") {
    throw new AppError("development_only");
  }
  return job;
}
