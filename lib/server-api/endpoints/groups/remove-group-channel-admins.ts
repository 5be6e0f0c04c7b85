import { z } from "zod";
import { removeAdmins } from "@/lib/core/groups/change-admins";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupUserIds, wireChannelId } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const removeGroupChannelAdmins = defineEndpoint({
  path: "/v4/group-channel/admin/remove",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "removeGroupChannelAdmins",
    summary: "Make admins ordinary members again",
    description:
      "All of them or none. Who is not in the group answers 25418, who is not an admin 25420, the owner 25425.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7"] },
      answer: { code: 0 },
    },
  },
  input: z.object({ channelId: wireChannelId, userIds: groupUserIds }),
  output: null,
  async run(context, actor, { channelId, userIds }) {
    await removeAdmins(context, actor, { groupId: channelId, userIds });
  },
});
