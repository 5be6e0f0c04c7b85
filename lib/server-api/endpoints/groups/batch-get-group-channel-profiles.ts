import { z } from "zod";
import { getGroups } from "@/lib/core/groups/get-groups";
import { GroupIdsSchema } from "@/lib/core/groups/schema";
import { defineEndpoint } from "../../endpoint";
import { withTextItems } from "../../wire-schema";
import { EXAMPLE_GROUP, groupItem, toGroupItem } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const batchGetGroupChannelProfiles = defineEndpoint({
  path: "/v4/group-channel/profile/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "batchGetGroupChannelProfiles",
    summary: "Read some groups",
    description: "In the order asked; groups that there are not are left out. More than 100 ids answer 25422.",
    example: {
      request: { channelIds: [EXAMPLE_GROUP.channelId, "nothing"] },
      answer: { code: 0, result: { profiles: [EXAMPLE_GROUP] } },
    },
  },
  input: z.object({ channelIds: z.preprocess(withTextItems, GroupIdsSchema) }),
  output: z.strictObject({ profiles: z.array(groupItem) }),
  async run(context, actor, { channelIds }) {
    const found = await getGroups(context, actor, { groupIds: channelIds });
    return { profiles: found.map(({ group }) => toGroupItem(group)) };
  },
});
