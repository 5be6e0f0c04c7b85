import { z } from "zod";
import { addAdmins } from "@/lib/core/groups/change-admins";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_GROUP, groupUserIds, wireChannelId } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const addGroupChannelAdmins = defineEndpoint({
  path: "/v4/group-channel/admin/add",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "addGroupChannelAdmins",
    summary: "Make members admins",
    description:
      "All of them or none; who is an admin already stays one. Who is not in the group answers 25418, the owner 25425, more than ten admins 25419.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, userIds: ["bob7"] },
      answer: { code: 0 },
    },
  },
  input: z.object({ channelId: wireChannelId, userIds: groupUserIds }),
  output: null,
  async run(context, actor, { channelId, userIds }) {
    await addAdmins(context, actor, { groupId: channelId, userIds });
  },
});
