import { z } from "zod";
import { getGroupAlias as getGroupAliasUseCase } from "@/lib/core/groups/group-alias";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17.9. */
export const getGroupAlias = defineEndpoint({
  path: "/v4/group-channel/alias/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "getGroupAlias",
    summary: "Read a user's remark for a group",
    description: '`""` when there is none.',
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userId: "bob7" },
      answer: { code: 0, result: { alias: "The loud ones" } },
    },
  },
  input: z.object({ channelId: wireChannelId, userId: oneUserId }),
  output: z.strictObject({ alias: z.string() }),
  async run(context, actor, { channelId, userId }) {
    return { alias: await getGroupAliasUseCase(context, actor, { groupId: channelId, userId }) };
  },
});
