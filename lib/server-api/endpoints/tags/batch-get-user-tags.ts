import { z } from "zod";
import { batchGetUserTags as batchGetUserTagsUseCase } from "@/lib/core/tags/batch-get-user-tags";
import { defineEndpoint } from "../../endpoint";
import { wireUserId, wireUserIds } from "../../wire-schema";

/** Most ids in one call. */
const MAX_READ = 50;

/** Contract section 11. */
export const batchGetUserTags = defineEndpoint({
  path: "/v4/user/tag/batch/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Tags",
    operationId: "batchGetUserTags",
    summary: "Read users' tags",
    description: "Unknown ids are left out; a user without tags has an empty list.",
    example: {
      request: { userIds: ["alice01", "bob7"] },
      answer: {
        code: 0,
        result: {
          users: [
            { userId: "alice01", tags: ["vip", "beta"] },
            { userId: "bob7", tags: [] },
          ],
        },
      },
    },
  },
  input: z.object({ userIds: wireUserIds(MAX_READ) }),
  output: z.strictObject({
    users: z.array(z.strictObject({ userId: wireUserId, tags: z.array(z.string().min(1)) })),
  }),
  async run(context, actor, input) {
    const users = await batchGetUserTagsUseCase(context, actor, input);
    return { users: users.map(({ userId, tags }) => ({ userId, tags: [...tags] })) };
  },
});
