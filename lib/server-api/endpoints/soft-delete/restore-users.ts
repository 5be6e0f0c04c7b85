import { z } from "zod";
import { restoreUsers as restoreUsersUseCase } from "@/lib/core/soft-delete/restore-users";
import { OPERATION_MAX } from "@/lib/core/soft-delete/schema";
import { defineEndpoint } from "../../endpoint";
import { wireOperationId, wireUserIds } from "../../wire-schema";

/** Contract section 8.3. */
export const restoreUsers = defineEndpoint({
  path: "/v4/user/restore",
  limit: 100,
  effect: "write",
  doc: {
    group: "Soft delete",
    operationId: "restoreUsers",
    summary: "Restore soft-deleted users",
    description:
      "Makes the ids usable again, an hour after the deletion at the earliest. Erased data do not come back: a restored user has no name until it is registered again, and needs a new token. The answer is the same whether users could be restored or not; what became of each id, the webhook `user:activation_state` tells: `code` is `0`, or 400 (unknown), 1002 (not soft-deleted, or too early), 2007 (Development is full). Each id counts against the limit.",
    example: {
      request: { userIds: ["alice01", "bob7"] },
      answer: { code: 0, result: { operationId: "7QK2-M0ZD-9XAT-4H1C" } },
    },
  },
  input: z.object({ userIds: wireUserIds(OPERATION_MAX) }),
  output: z.strictObject({ operationId: wireOperationId }),
  cost: ({ userIds }) => userIds.length,
  async run(context, actor, input) {
    const { operationId } = await restoreUsersUseCase(context, actor, input);
    return { operationId };
  },
});
