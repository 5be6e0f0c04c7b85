import { z } from "zod";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, wireChannelId } from "./group-wire";

/** Contract section 17.4. */
export const dismissGroupChannel = defineEndpoint({
  path: "/v4/group-channel/dismiss",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "dismissGroupChannel",
    summary: "Dismiss a group",
    description: "Its memberships and aliases are gone, and the id can be used again.",
    example: { request: { channelId: EXAMPLE_GROUP.channelId }, answer: { code: 0 } },
  },
  input: z.object({ channelId: wireChannelId }),
  output: null,
  async run(context, actor, { channelId }) {
    await dismissGroup(context, actor, { groupId: channelId });
  },
});
