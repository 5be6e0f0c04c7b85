import { z } from "zod";
import { getGroupMembers } from "@/lib/core/groups/get-group-members";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, EXAMPLE_MEMBER, groupUserIds, memberPage, toMember, wireChannelId } from "./group-wire";

/** Contract section 17.6. */
export const batchGetGroupMembers = defineEndpoint({
  path: "/v4/group-channel/member/batch/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "batchGetGroupMembers",
    summary: "Read some members",
    description: "In the order asked. Who is not a member is left out; `totalCount` is the number of those who are.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7", "nobody"] },
      answer: { code: 0, result: { totalCount: 1, members: [EXAMPLE_MEMBER] } },
    },
  },
  input: z.object({ channelId: wireChannelId, userIds: groupUserIds }),
  output: memberPage,
  async run(context, actor, { channelId, userIds }) {
    const members = await getGroupMembers(context, actor, { groupId: channelId, userIds });
    return { totalCount: members.length, members: members.map(toMember) };
  },
});
