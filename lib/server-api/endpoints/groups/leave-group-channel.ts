import { z } from "zod";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupUserIds, wireChannelId, wireFlag } from "./group-wire";

/** Contract section 17.3. The flags speak of mutes and allowed senders, of which none is kept here, and of favorites, which end with the membership. */
export const leaveGroupChannel = defineEndpoint({
  path: "/v4/group-channel/leave",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "leaveGroupChannel",
    summary: "Remove members",
    description:
      "Who is not a member is skipped; aliases and favorites for the group go with the membership. The owner cannot leave (25417), and then nobody does. The three flags are accepted (0 or 1) and change nothing.",
    example: { request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7"] }, answer: { code: 0 } },
  },
  input: z.object({
    channelId: wireChannelId,
    userIds: groupUserIds,
    shouldDeleteMute: wireFlag,
    shouldDeleteAllowedSendersList: wireFlag,
    shouldDeleteFavorites: wireFlag,
  }),
  output: null,
  async run(context, actor, { channelId, userIds }) {
    await leaveGroup(context, actor, { groupId: channelId, userIds });
  },
});
