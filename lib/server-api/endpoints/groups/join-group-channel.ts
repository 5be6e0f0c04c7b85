import { z } from "zod";
import { joinGroup } from "@/lib/core/groups/join-group";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupItem, groupUserIds, toGroupItem, wireChannelId } from "./group-wire";

/** Contract section 17.2. */
export const joinGroupChannel = defineEndpoint({
  path: "/v4/group-channel/join",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "joinGroupChannel",
    summary: "Add members",
    description:
      "Without approval, whatever the group's permissions. Unknown users and those who are members already are skipped. Answers the group as it is afterwards; 25411 when not all of them fit into its 3,000 places, and then none is added.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7"] },
      answer: { code: 0, result: EXAMPLE_GROUP },
    },
  },
  input: z.object({ channelId: wireChannelId, userIds: groupUserIds }),
  output: groupItem,
  async run(context, actor, { channelId, userIds }) {
    const { group } = await joinGroup(context, actor, { groupId: channelId, userIds });
    return toGroupItem(group);
  },
});
