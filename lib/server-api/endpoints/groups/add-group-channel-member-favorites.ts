import { z } from "zod";
import { addFavorites } from "@/lib/core/groups/favorites";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupUserIds, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const addGroupChannelMemberFavorites = defineEndpoint({
  path: "/v4/group-channel/member/favorites/add",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "addGroupChannelMemberFavorites",
    summary: "Mark members for a member",
    description:
      "All of them or none; nobody else sees it. Who is not in the group answers 25418, more than 200 favorites 25419. Favorites end with either membership.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "alice01", favoriteIds: ["bob7"] },
      answer: { code: 0 },
    },
  },
  input: z.object({ channelId: wireChannelId, userId: oneUserId, favoriteIds: groupUserIds }),
  output: null,
  async run(context, actor, { channelId, ...input }) {
    await addFavorites(context, actor, { groupId: channelId, ...input });
  },
});
