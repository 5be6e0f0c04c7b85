import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getJob } from "../jobs/get-job";
import { jobTarget } from "../jobs/job-target";
import { requirePermission } from "../permissions";
import { COPIES_KEPT_DAYS, countCopies, nextCopy } from "./data-copy-store";

/** What a job has copied, on its way into a file. */
export interface CopiesFile {
  readonly fileName: string;
  readonly contentType: string;
  /** The file user by user. */
  readonly chunks: AsyncGenerator<string, void, undefined>;
}

/**
 * The data of users that a job has copied, as JSON: `{"users":[{userId, user, data, notCopied}]}`. Audited. Throws `not_found` where
 * there is no such job, and where its copies are gone: after a week, or with their users.
 */
export async function downloadCopies(
  context: Context,
  actor: Actor,
  { jobId }: { jobId: string },
): Promise<CopiesFile> {
  requirePermission(actor, "users.copy_data");
  const environment = environmentOf(actor);
  const job = await getJob(context, actor, { jobId });
  if (job === null || job.kind !== "copy_data") throw new AppError("not_found", { message: "There is no such job." });
  const users = await countCopies(context.db.prisma, environment.id, job.id);
  if (users === 0) {
    throw new AppError("not_found", {
      message: `These copies are gone: they are kept for ${COPIES_KEPT_DAYS} days, and no longer than their users.`,
    });
  }
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "user.data_downloaded", target: jobTarget({ ...job, selecting: false }), after: { users } }],
  }));
  return {
    fileName: `${job.id}-data.json`,
    contentType: "application/json; charset=utf-8",
    chunks: fileOf(context, environment.id, job.id),
  };
}

async function* fileOf(
  context: Context,
  environmentId: ReturnType<typeof environmentOf>["id"],
  jobId: string,
): AsyncGenerator<string, void, undefined> {
  yield `{"users":[`;
  let after = "";
  for (let separator = "\n"; ; separator = ",\n") {
    const copy = await nextCopy(context.db, environmentId, jobId, after);
    if (copy === null) break;
    yield `${separator}${copy.content}`;
    after = copy.userId;
  }
  yield "\n]}\n";
}
