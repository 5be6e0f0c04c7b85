import { z } from "zod";
import { removeAllFriends as removeAllFriendsUseCase } from "@/lib/core/friends/remove-friends";
import { FriendOwnerSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";

/** Contract section 12.3. */
export const removeAllFriends = defineEndpoint({
  path: "/v4/friend/remove-all",
  limit: 100,
  effect: "write",
  doc: {
    group: "Friends",
    operationId: "removeAllFriends",
    summary: "Remove all friends of a user",
    description: "Ends every friendship of the user, from both sides, with aliases and attributes.",
    example: { request: { userId: "alice01" }, answer: { code: 0 } },
  },
  input: z.object({ userId: wireText(FriendOwnerSchema.shape.userId) }),
  output: null,
  async run(context, actor, input) {
    await removeAllFriendsUseCase(context, actor, input);
  },
});
