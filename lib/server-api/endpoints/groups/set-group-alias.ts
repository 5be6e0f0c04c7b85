import { z } from "zod";
import { setGroupAlias as setGroupAliasUseCase } from "@/lib/core/groups/group-alias";
import { SetGroupAliasSchema } from "@/lib/core/groups/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17.9. */
export const setGroupAlias = defineEndpoint({
  path: "/v4/group-channel/alias/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "setGroupAlias",
    summary: "Set a user's remark for a group",
    description: "Only the user sees it. It ends with the membership; who is not a member has none (25418).",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "bob7", alias: "The loud ones" },
      answer: { code: 0 },
    },
  },
  input: z.object({
    channelId: wireChannelId,
    userId: oneUserId,
    alias: wireText(SetGroupAliasSchema.shape.alias),
  }),
  output: null,
  async run(context, actor, { channelId, ...input }) {
    await setGroupAliasUseCase(context, actor, { groupId: channelId, ...input });
  },
});
