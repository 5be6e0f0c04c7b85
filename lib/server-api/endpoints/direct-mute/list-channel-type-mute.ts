import { z } from "zod";
import { listMuted } from "@/lib/core/direct-mute/list-muted";
import { ListMutedSchema } from "@/lib/core/direct-mute/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireUserId } from "../../wire-schema";
import { DirectChannelTypeSchema } from "./direct-channel-type";

const { pageSize, offset } = ListMutedSchema.shape;

/** Contract section 15. */
export const listChannelTypeMute = defineEndpoint({
  path: "/v4/channel-type/mute/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Direct-channel mute",
    operationId: "listChannelTypeMute",
    summary: "List users muted in direct channels",
    description: "The longest muted first, so that an offset stays right while others are muted.",
    example: {
      request: { channelType: "PERSON", pageSize: 100, offset: 0 },
      answer: { code: 0, result: { totalCount: 1, mutedUserIds: ["bob7"] } },
    },
  },
  input: z.object({
    channelType: DirectChannelTypeSchema,
    pageSize: wireNumber(pageSize),
    offset: wireNumber(offset),
  }),
  output: z.strictObject({ totalCount: z.int().min(0), mutedUserIds: z.array(wireUserId) }),
  async run(context, actor, { pageSize, offset }) {
    const { totalCount, userIds } = await listMuted(context, actor, { pageSize, offset });
    return { totalCount, mutedUserIds: userIds };
  },
});
