import { z } from "zod";
import { listFavorites } from "@/lib/core/groups/favorites";
import { defineEndpoint } from "../../endpoint";
import { wireMs, wireUserId } from "../../wire-schema";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const listGroupChannelMemberFavorites = defineEndpoint({
  path: "/v4/group-channel/member/favorites/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "listGroupChannelMemberFavorites",
    summary: "List whom a member has marked",
    description: "The latest first.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "alice01" },
      answer: {
        code: 0,
        result: {
          userId: "alice01",
          channelId: EXAMPLE_GROUP.channelId,
          favorites: [{ userId: "bob7", favoritedAt: 1_767_225_600_000 }],
        },
      },
    },
  },
  input: z.object({ channelId: wireChannelId, userId: oneUserId }),
  output: z.strictObject({
    userId: wireUserId,
    channelId: z.string().min(1).max(64),
    favorites: z.array(z.strictObject({ userId: wireUserId, favoritedAt: wireMs })),
  }),
  async run(context, actor, { channelId, userId }) {
    const favorites = await listFavorites(context, actor, { groupId: channelId, userId });
    return {
      userId,
      channelId,
      favorites: favorites.map((one) => ({ userId: one.userId, favoritedAt: one.favoritedAt.getTime() })),
    };
  },
});
