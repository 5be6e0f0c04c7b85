import { z } from "zod";
import { transferGroup } from "@/lib/core/groups/transfer-group";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, oneUserId, wireChannelId, wireFlag } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const transferGroupChannelOwner = defineEndpoint({
  path: "/v4/group-channel/transfer/owner",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "transferGroupChannelOwner",
    summary: "Give a group another owner",
    description:
      "The new owner must be a member (25418) and not soft-deleted (400); naming the owner changes nothing. The owner until now becomes an ordinary member, or leaves with `shouldLeave` 1. The three other flags are accepted (0 or 1) and change nothing: favorites end with the membership, and of mutes and allowed senders none is kept.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, newOwner: "bob7", shouldLeave: 0 },
      answer: { code: 0 },
    },
  },
  input: z.object({
    channelId: wireChannelId,
    newOwner: oneUserId,
    shouldLeave: wireFlag,
    shouldDeleteMute: wireFlag,
    shouldDeleteAllowedSendersList: wireFlag,
    shouldDeleteFavorites: wireFlag,
  }),
  output: null,
  async run(context, actor, { channelId, newOwner, shouldLeave }) {
    await transferGroup(context, actor, { groupId: channelId, newOwnerId: newOwner, leave: shouldLeave === 1 });
  },
});
