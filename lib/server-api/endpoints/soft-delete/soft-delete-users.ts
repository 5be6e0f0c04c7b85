import { z } from "zod";
import { OPERATION_MAX } from "@/lib/core/soft-delete/schema";
import { softDeleteUsers as softDeleteUsersUseCase } from "@/lib/core/soft-delete/soft-delete-users";
import { defineEndpoint } from "../../endpoint";
import { wireOperationId, wireUserIds } from "../../wire-schema";

/** Contract section 8.1. */
export const softDeleteUsers = defineEndpoint({
  path: "/v4/user/soft-delete",
  limit: 100,
  effect: "write",
  doc: {
    group: "Soft delete",
    operationId: "softDeleteUsers",
    summary: "Soft-delete users",
    description:
      "Erases what is stored of the users for good and keeps their ids: they are disconnected and can neither connect nor get tokens until they are restored, and nobody can register them. Memberships of groups stay. It is done when the answer comes; what became of each id, the webhook `user:activation_state` tells. Each id counts against the limit.",
    example: {
      request: { userIds: ["alice01", "bob7"] },
      answer: { code: 0, result: { operationId: "7QK2-M0ZD-9XAT-4H1C" } },
    },
  },
  input: z.object({ userIds: wireUserIds(OPERATION_MAX) }),
  output: z.strictObject({ operationId: wireOperationId }),
  cost: ({ userIds }) => userIds.length,
  async run(context, actor, input) {
    const { operationId } = await softDeleteUsersUseCase(context, actor, input);
    return { operationId };
  },
});
