import { z } from "zod";
import { removeFriends as removeFriendsUseCase } from "@/lib/core/friends/remove-friends";
import { RemoveFriendsSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, wireUserIds } from "../../wire-schema";

/** Contract section 12.2. */
export const removeFriends = defineEndpoint({
  path: "/v4/friend/remove",
  aliases: ["/v4/friend/delete"],
  limit: 100,
  effect: "write",
  doc: {
    group: "Friends",
    operationId: "removeFriends",
    summary: "Remove friends",
    description:
      "From both sides, with aliases and attributes. Who is no friend is skipped. Each target counts as one call.",
    example: { request: { userId: "alice01", targetIds: ["bob7"] }, answer: { code: 0 } },
  },
  input: z.object({ userId: wireText(RemoveFriendsSchema.shape.userId), targetIds: wireUserIds(100) }),
  output: null,
  cost: ({ targetIds }) => targetIds.length,
  async run(context, actor, input) {
    await removeFriendsUseCase(context, actor, input);
  },
});
