import { z } from "zod";
import { pageAllGroups } from "@/lib/core/groups/get-groups";
import { defineEndpoint } from "../../endpoint";
import { EXAMPLE_SUMMARY, groupItem, groupPaging, toGroupItem } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const listGroupChannels = defineEndpoint({
  path: "/v4/group-channel/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "listGroupChannels",
    summary: "List the groups",
    description:
      "By when they were created, `order` 0 the earliest first (default), 1 the latest first. `pageToken` is absent on the last page. Who created a group is not kept, so `creator` is left out.",
    example: {
      request: { pageSize: 50 },
      answer: { code: 0, result: { groups: [EXAMPLE_SUMMARY] } },
    },
  },
  input: z.object(groupPaging),
  output: z.strictObject({
    pageToken: z.string().min(1).optional(),
    groups: z.array(groupItem.pick({ channelId: true, name: true, groupProfile: true, owner: true, createdAt: true })),
  }),
  async run(context, actor, input) {
    const page = await pageAllGroups(context, actor, input);
    return {
      ...(page.pageToken === null ? {} : { pageToken: page.pageToken }),
      groups: page.groups.map((group) => {
        const { channelId, name, groupProfile, owner, createdAt } = toGroupItem(group);
        return { channelId, name, groupProfile, owner, createdAt };
      }),
    };
  },
});
