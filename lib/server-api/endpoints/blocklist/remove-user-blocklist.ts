import { z } from "zod";
import { unblockUsers } from "@/lib/core/blocklist/block-users";
import { MAX_BLOCK_TARGETS, UnblockUsersSchema } from "@/lib/core/blocklist/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, wireUserIds } from "../../wire-schema";

/** Contract section 13. The field's name differs from that of adding. */
export const removeUserBlocklist = defineEndpoint({
  path: "/v4/user/blocklist/remove",
  limit: 100,
  effect: "write",
  doc: {
    group: "Blocklist",
    operationId: "removeUserBlocklist",
    summary: "Unblock users for a user",
    description: "The field is `blockedUserIds`, unlike that of adding. Who is not blocked is skipped.",
    example: { request: { userId: "alice01", blockedUserIds: ["bob7"] }, answer: { code: 0 } },
  },
  input: z.object({
    userId: wireText(UnblockUsersSchema.shape.userId),
    blockedUserIds: wireUserIds(MAX_BLOCK_TARGETS),
  }),
  output: null,
  async run(context, actor, input) {
    await unblockUsers(context, actor, input);
  },
});
