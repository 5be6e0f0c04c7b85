import { z } from "zod";
import { addFriend as addFriendUseCase } from "@/lib/core/friends/add-friend";
import { AddFriendSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireText } from "../../wire-schema";

const { userId, targetId, action, extra } = AddFriendSchema.shape;

/** Contract section 12.1. */
export const addFriend = defineEndpoint({
  path: "/v4/friend/add",
  limit: 100,
  effect: "write",
  doc: {
    group: "Friends",
    operationId: "addFriend",
    summary: "Add a friend, or ask",
    description:
      "`action` 1 (default) follows the target's level: friends at once, a request that the target has seven days to accept, or a refusal. `action` 2 makes both friends without asking; blocklists and limits hold all the same. A repeated request refreshes the open one; a request that meets the target's own makes both friends.",
    example: { request: { userId: "alice01", targetId: "bob7", action: 2 }, answer: { code: 0 } },
  },
  input: z.object({
    userId: wireText(userId),
    targetId: wireText(targetId),
    action: wireNumber(action),
    extra: wireText(extra),
  }),
  output: null,
  async run(context, actor, input) {
    await addFriendUseCase(context, actor, input);
  },
});
