import { z } from "zod";
import { SetGroupMemberSchema } from "@/lib/core/groups/schema";
import { setGroupMember as setGroupMemberUseCase } from "@/lib/core/groups/set-group-member";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17.5. */
export const setGroupMember = defineEndpoint({
  path: "/v4/group-channel/member/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "setGroupMember",
    summary: "Change what a group shows of a member",
    description:
      'What is left out stays, `""` clears. The nickname is apart from the hosted profile and from friends\' aliases.',
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "bob7", nickname: "B" },
      answer: { code: 0 },
    },
  },
  input: z.object({
    channelId: wireChannelId,
    userId: oneUserId,
    nickname: wireText(SetGroupMemberSchema.shape.nickname),
    extra: wireText(SetGroupMemberSchema.shape.extra),
  }),
  output: null,
  async run(context, actor, { channelId, ...input }) {
    await setGroupMemberUseCase(context, actor, { groupId: channelId, ...input });
  },
});
