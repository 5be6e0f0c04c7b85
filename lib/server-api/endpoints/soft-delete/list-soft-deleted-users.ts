import { z } from "zod";
import { listSoftDeletedUsers as listSoftDeletedUsersUseCase } from "@/lib/core/soft-delete/list-soft-deleted-users";
import { ListSoftDeletedUsersSchema } from "@/lib/core/soft-delete/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireUserId } from "../../wire-schema";

/** Contract section 8.2. */
export const listSoftDeletedUsers = defineEndpoint({
  path: "/v4/user/soft-deleted/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Soft delete",
    operationId: "listSoftDeletedUsers",
    summary: "List soft-deleted users",
    description: "Latest deletion first.",
    example: { request: { page: 1, pageSize: 50 }, answer: { code: 0, result: { userIds: ["bob7", "alice01"] } } },
  },
  input: z.object({
    page: wireNumber(ListSoftDeletedUsersSchema.shape.page),
    pageSize: wireNumber(ListSoftDeletedUsersSchema.shape.pageSize),
  }),
  output: z.strictObject({ userIds: z.array(wireUserId) }),
  async run(context, actor, input) {
    return { userIds: await listSoftDeletedUsersUseCase(context, actor, input) };
  },
});
