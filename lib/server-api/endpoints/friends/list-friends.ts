import { z } from "zod";
import { listFriends as listFriendsUseCase } from "@/lib/core/friends/list-friends";
import { FriendPageSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireMs, wireNumber, wireText, wireUserId } from "../../wire-schema";

const { userId, pageToken, pageSize, order } = FriendPageSchema.shape;

/** Contract section 12.4. */
export const listFriends = defineEndpoint({
  path: "/v4/friend/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Friends",
    operationId: "listFriends",
    summary: "List a user's friends",
    description:
      "By when they were added: `order` 0 (default) oldest first, 1 newest first. `name` is the hosted profile's, else the registered one. `pageToken` comes while there is more; one that cannot be read is refused with 25432.",
    example: {
      request: { userId: "alice01", pageSize: 50 },
      answer: {
        code: 0,
        result: {
          totalCount: 1,
          friends: [
            {
              userId: "bob7",
              name: "Bob",
              alias: "Bobby",
              friendExtProfile: { ext_src: "school" },
              addedAt: 1767225600000,
            },
          ],
        },
      },
    },
  },
  input: z.object({
    userId: wireText(userId),
    pageToken: wireText(pageToken),
    pageSize: wireNumber(pageSize),
    order: wireNumber(order),
  }),
  output: z.strictObject({
    pageToken: z.string().min(1).optional(),
    totalCount: z.int().min(0),
    friends: z.array(
      z.strictObject({
        userId: wireUserId,
        name: z.string(),
        alias: z.string(),
        friendExtProfile: z.record(z.string(), z.string()),
        addedAt: wireMs,
      }),
    ),
  }),
  async run(context, actor, input) {
    const { pageToken, totalCount, friends } = await listFriendsUseCase(context, actor, input);
    return {
      ...(pageToken === null ? {} : { pageToken }),
      totalCount,
      friends: friends.map((friend) => ({
        userId: friend.userId,
        name: friend.name,
        alias: friend.alias,
        friendExtProfile: friend.attributes,
        addedAt: friend.addedAt.getTime(),
      })),
    };
  },
});
