import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { addItems } from "../jobs/job-item-store";
import { findSameRequest, requestDigest } from "../jobs/job-request-store";
import { insertJob } from "../jobs/job-store";
import { jobTarget } from "../jobs/job-target";
import { requirePermission } from "../permissions";
import { requireBulk } from "./plan-bulk";
import { bulkPhrase, type StartBulkInput, StartBulkSchema } from "./schema";

/**
 * Starts the job that does to a selection of users what a dry run has shown. A list of ids is written down now; a filter is
 * looked up by the worker. Who registered after the dry run, or whose ban somebody has changed since, is left alone. Throws
 * `invalid_parameter` (field `phrase`) where something has to be typed, `forbidden`, `development_only`. The same request while its job
 * is not over gives that job.
 */
export async function startBulk(context: Context, actor: Actor, input: StartBulkInput): Promise<{ jobId: string }> {
  requirePermission(actor, "jobs.start");
  const environment = environmentOf(actor);
  const { act, selection, plan, phrase } = StartBulkSchema.parse(input);
  requireBulk(actor, act.kind);
  const expected = bulkPhrase(act.kind, environment.name, plan);
  if (expected !== null && phrase.trim() !== expected) {
    throw new AppError("invalid_parameter", { field: "phrase", message: `Type “${expected}” to confirm.` });
  }
  if (act.kind === "ban" && environment.name === "production" && act.reason.trim() === "") {
    throw new AppError("invalid_parameter", { message: "Give a reason: this is production.", field: "reason" });
  }
  const now = context.now();
  const id = newId.job();
  const named = selection.by === "ids";
  const request = requestDigest({ act, selection, plan });
  const params = {
    act,
    request,
    plannedAt: new Date(Math.min(plan.at.getTime(), now)).toISOString(),
    ...(named ? {} : { selection, expected: plan.count }),
  };
  return executeWithPrisma(context, actor, async (tx) => {
    const same = await findSameRequest(tx, environment.id, actor, act.kind, request);
    if (same !== null) return { result: { jobId: same } };
    const total = named ? selection.userIds.length : 0;
    await insertJob(tx, environment.id, actor, {
      id,
      kind: act.kind,
      params,
      createdAt: new Date(now),
      selecting: !named,
    });
    if (named) {
      const items = selection.userIds.map((targetId) => ({ targetId }));
      await addItems(tx, { environmentId: environment.id, id, total: 0 }, items);
    }
    const job = { id, kind: act.kind, selecting: !named, total, expected: plan.count };
    return {
      result: { jobId: id },
      audit: [
        {
          action: "job.started",
          target: jobTarget(job),
          after: { ...act, ...(named ? {} : { selection }), users: plan.count },
        },
      ],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}
