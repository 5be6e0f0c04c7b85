import { z } from "zod";
import { removeFavorites } from "@/lib/core/groups/favorites";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupUserIds, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const removeGroupChannelMemberFavorites = defineEndpoint({
  path: "/v4/group-channel/member/favorites/remove",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "removeGroupChannelMemberFavorites",
    summary: "Take marks from members away",
    description: "Who is not marked is skipped.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "alice01", favoriteIds: ["bob7"] },
      answer: { code: 0 },
    },
  },
  input: z.object({ channelId: wireChannelId, userId: oneUserId, favoriteIds: groupUserIds }),
  output: null,
  async run(context, actor, { channelId, ...input }) {
    await removeFavorites(context, actor, { groupId: channelId, ...input });
  },
});
