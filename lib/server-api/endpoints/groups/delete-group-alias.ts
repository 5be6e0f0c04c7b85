import { z } from "zod";
import { deleteGroupAlias as deleteGroupAliasUseCase } from "@/lib/core/groups/group-alias";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

/** Contract section 17.9. */
export const deleteGroupAlias = defineEndpoint({
  path: "/v4/group-channel/alias/delete",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "deleteGroupAlias",
    summary: "Remove a user's remark for a group",
    description: "One that is not there is no error.",
    example: { request: { channelId: EXAMPLE_GROUP.channelId, userId: "bob7" }, answer: { code: 0 } },
  },
  input: z.object({ channelId: wireChannelId, userId: oneUserId }),
  output: null,
  async run(context, actor, { channelId, userId }) {
    await deleteGroupAliasUseCase(context, actor, { groupId: channelId, userId });
  },
});
