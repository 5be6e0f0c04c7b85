import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { isStorable } from "../input/text-rules";
import { addItems, type NewItem } from "../jobs/job-item-store";
import { findSameRequest, requestDigest } from "../jobs/job-request-store";
import { insertJob } from "../jobs/job-store";
import { jobTarget } from "../jobs/job-target";
import { requireImport } from "./plan-import";
import { openFile, readUsers } from "./read-file";
import { type LineError, type StartImportInput, StartImportSchema } from "./schema";

/** Items written in one statement. */
const STEP = 5_000;
/** Of an id that is too long to be one, for the report. */
const SHOWN_ID = 64;

/** An id that PostgreSQL cannot store is told by its line alone. */
const leftOut = ({ line, userId, message }: LineError): NewItem => ({
  targetId: isStorable(userId) ? userId.slice(0, SHOWN_ID) : "",
  line,
  skipped: "invalid_line",
  detail: { note: message },
});

/**
 * Starts the job that registers the users of a file, and brings those who are registered already up to date or leaves them as
 * they are. Lines with errors are left out, and stand in the job's report. Throws as `planImport` does. The same
 * request while its job is not over gives that job.
 */
export async function startImport(context: Context, actor: Actor, input: StartImportInput): Promise<{ jobId: string }> {
  requireImport(actor);
  const environment = environmentOf(actor);
  const { text, mapping, existing } = StartImportSchema.parse(input);
  const file = await openFile(text);
  const items: NewItem[] = [];
  for await (const found of readUsers(file, mapping)) {
    if ("message" in found) items.push(leftOut(found));
    else {
      const { userId, line, name, avatarUrl } = found;
      items.push({ targetId: userId, line, detail: { name, avatarUrl } });
    }
  }
  const users = items.filter(({ skipped }) => skipped === undefined).length;
  if (users === 0) throw new AppError("invalid_parameter", { field: "text", message: "The file has no users." });
  const id = newId.job();
  const request = requestDigest({ text, mapping, existing });
  return executeWithPrisma(context, actor, async (tx) => {
    const same = await findSameRequest(tx, environment.id, actor, "import_users", request);
    if (same !== null) return { result: { jobId: same } };
    await insertJob(tx, environment.id, actor, {
      id,
      kind: "import_users",
      params: { existing, request },
      createdAt: new Date(context.now()),
      selecting: false,
    });
    for (let total = 0; total < items.length; total += STEP) {
      await addItems(tx, { environmentId: environment.id, id, total }, items.slice(total, total + STEP));
    }
    const job = { id, kind: "import_users", selecting: false, total: items.length, expected: null };
    return {
      result: { jobId: id },
      audit: [{ action: "job.started", target: jobTarget(job), after: { kind: "import_users", existing, users } }],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}
