import { type BulkKind, idsOf, plannedAtOf, registeredLater, sortOut, succeeded } from "../bulk/bulk-kind";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { insertCopies, readUserData } from "./data-copy-store";

/** Writes down what is stored of users, for a download (docs/decisions/0130-a-copy-of-a-users-data-is-a-job.md). */
export const copyDataJob: BulkKind<"copy_data"> = {
  // A user's copy may have the messages of a week.
  batchSize: 5,
  judge: async () => (user) => (user === undefined ? "user_not_found" : null),
  async carryOut({ context, run, environment, job }, items) {
    const ids = idsOf(items);
    const users = new Map(
      (await lockRegisteredAndDeleted(run, environment.id, ids)).map((user) => [user.userId, user]),
    );
    const { go, left } = sortOut(items, (userId) => {
      const user = users.get(userId);
      return user === undefined ? "user_not_found" : registeredLater(user, plannedAtOf(job));
    });
    const copied = idsOf(go);
    const copies = await readUserData(run, environment.id, copied);
    await insertCopies(run, environment.id, job.id, copies, new Date(context.now()));
    return {
      result: [...left, ...go.map((item) => succeeded(item))],
      audit: copied.map((userId) => ({
        action: "user.data_copied",
        target: { kind: "user", id: userId },
        after: { job: job.id },
      })),
    };
  },
};
