import { z } from "zod";
import { blockUsers } from "@/lib/core/blocklist/block-users";
import { BlockUsersSchema, MAX_BLOCK_TARGETS } from "@/lib/core/blocklist/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, wireUserIds } from "../../wire-schema";

/** Contract section 13. */
export const addUserBlocklist = defineEndpoint({
  path: "/v4/user/blocklist/add",
  limit: 100,
  effect: "write",
  doc: {
    group: "Blocklist",
    operationId: "addUserBlocklist",
    summary: "Block users for a user",
    description:
      "One way: the targets' direct messages to the user are refused, and friend requests between them. Friendship stays. Unknown targets are skipped; a blocklist holds 3,000 users.",
    example: { request: { userId: "alice01", targetUserIds: ["bob7"] }, answer: { code: 0 } },
  },
  input: z.object({ userId: wireText(BlockUsersSchema.shape.userId), targetUserIds: wireUserIds(MAX_BLOCK_TARGETS) }),
  output: null,
  async run(context, actor, input) {
    await blockUsers(context, actor, input);
  },
});
