import type { Actor } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { addItems } from "../jobs/job-item-store";
import { findSameRequest, requestDigest } from "../jobs/job-request-store";
import { insertJob } from "../jobs/job-store";
import { fingerprintOf, selectUsers } from "./plan-deletion";
import { deletionPhrase, type StartDeletionInput, StartDeletionSchema } from "./schema";
import { developmentForDeletion } from "./test-users-only";

/**
 * Starts the job that deletes the users of a dry run. Selects them again and refuses with `version_conflict` when they
 * are not the same any more, with `invalid_parameter` (field `phrase`) when the phrase is wrong. Users who register
 * after this moment are never deleted by the job. The same request while its job is not over gives that job. Throws as `planDeletion` does.
 */
export async function startDeletion(
  context: Context,
  actor: Actor,
  input: StartDeletionInput,
): Promise<{ jobId: string }> {
  const environment = developmentForDeletion(actor);
  const { selection, phrase, expectedCount, fingerprint } = StartDeletionSchema.parse(input);
  if (phrase.trim() !== deletionPhrase(expectedCount)) {
    throw new AppError("invalid_parameter", {
      field: "phrase",
      message: `Type “${deletionPhrase(expectedCount)}” to confirm.`,
    });
  }
  const now = context.now();
  const jobId = newId.job();
  const request = requestDigest({ selection, expectedCount, fingerprint });
  return executeWithPrisma(context, actor, async (tx) => {
    const same = await findSameRequest(tx, environment.id, actor, "delete_test_users", request);
    if (same !== null) return { result: { jobId: same } };
    const users = await selectUsers(tx, environment.id, selection);
    if (users.length !== expectedCount || (fingerprint !== undefined && fingerprint !== fingerprintOf(users))) {
      throw new AppError("version_conflict", {
        message: `The selection has changed: it names ${users.length} ${users.length === 1 ? "user" : "users"} now${
          users.length === expectedCount ? ", but not the same" : `, not ${expectedCount}`
        }. Check the new list and confirm again.`,
      });
    }
    await insertJob(tx, environment.id, actor, {
      id: jobId,
      kind: "delete_test_users",
      params: { selection, request },
      createdAt: new Date(now),
      selecting: false,
    });
    await addItems(
      tx,
      { environmentId: environment.id, id: jobId, total: 0 },
      users.map(({ userId }) => ({ targetId: userId })),
    );
    return {
      result: { jobId },
      audit: [
        {
          action: "job.delete_test_users_started",
          target: { kind: "job", id: jobId, name: "Development" },
          after: { selection, users: users.length },
        },
      ],
      events: [{ type: "job.queued", environmentId: environment.id }],
    };
  });
}
