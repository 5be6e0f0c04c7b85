import { z } from "zod";
import { getFriendRelationships as getFriendRelationshipsUseCase } from "@/lib/core/friends/get-friend-relationships";
import { FriendRelationshipsSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, wireUserId, wireUserIds } from "../../wire-schema";

/** What `result` says; 2 and 3 are reserved for one-sided friendships, which do not exist here. */
const NONE = 1 as const;
const FRIENDS = 4 as const;

/** Contract section 12.5. */
export const getFriendRelationships = defineEndpoint({
  path: "/v4/friend/relationship/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Friends",
    operationId: "getFriendRelationships",
    summary: "Ask who is a user's friend",
    description:
      "`result` is 1 for no friend and 4 for friends, in the order of the targets; 2 and 3 are reserved. Unknown targets are no friends. Each target counts as one call.",
    example: {
      request: { userId: "alice01", targetIds: ["bob7", "carol"] },
      answer: {
        code: 0,
        result: {
          friendships: [
            { userId: "bob7", result: 4 },
            { userId: "carol", result: 1 },
          ],
        },
      },
    },
  },
  input: z.object({ userId: wireText(FriendRelationshipsSchema.shape.userId), targetIds: wireUserIds(20) }),
  output: z.strictObject({
    friendships: z.array(z.strictObject({ userId: wireUserId, result: z.literal([NONE, FRIENDS]) })),
  }),
  cost: ({ targetIds }) => targetIds.length,
  async run(context, actor, input) {
    const relationships = await getFriendRelationshipsUseCase(context, actor, input);
    return {
      friendships: relationships.map(({ userId, relation }) => ({ userId, result: relation === 3 ? FRIENDS : NONE })),
    };
  },
});
