import { z } from "zod";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { choiceUpTo } from "@/lib/core/groups/permission-schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber } from "../../wire-schema";
import { EXAMPLE_GROUP, groupUserIds, wireChannelId } from "./group-wire";

const flag = wireNumber(choiceUpTo(1).optional());

/** Contract section 17.3. The flags speak of mutes, allowed senders and favourites, of which none is kept here. */
export const leaveGroupChannel = defineEndpoint({
  path: "/v4/group-channel/leave",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "leaveGroupChannel",
    summary: "Remove members",
    description:
      "Who is not a member is skipped; aliases for the group go with the membership. The owner cannot leave (25417), and then nobody does. The three flags are accepted (0 or 1) and change nothing: what they speak of is not kept.",
    example: { request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7"] }, answer: { code: 0 } },
  },
  input: z.object({
    channelId: wireChannelId,
    userIds: groupUserIds,
    shouldDeleteMute: flag,
    shouldDeleteAllowedSendersList: flag,
    shouldDeleteFavorites: flag,
  }),
  output: null,
  async run(context, actor, { channelId, userIds }) {
    await leaveGroup(context, actor, { groupId: channelId, userIds });
  },
});
