import { z } from "zod";
import { listJoinedGroups } from "@/lib/core/groups/list-joined-groups";
import { defineEndpoint } from "../../endpoint";
import { wireMs } from "../../wire-schema";
import { EXAMPLE_GROUP, groupItem, groupPaging, joinedRole, oneUserId, toGroupItem, wireRole } from "./group-wire";

/** Contract section 17.8. */
export const listJoinedGroupChannels = defineEndpoint({
  path: "/v4/group-channel/joined/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "listJoinedGroupChannels",
    summary: "List a user's groups",
    description:
      'By when the user joined, `order` 0 the earliest first (default), 1 the latest first. `role` 0 all (default), else only groups in which the user has it. `alias` is the user\'s own remark, `""` when there is none. `pageToken` is absent on the last page.',
    example: {
      request: { userId: "bob7", pageSize: 50 },
      answer: {
        code: 0,
        result: { groups: [{ ...EXAMPLE_GROUP, alias: "", role: 1, joinedAt: 1_767_225_600_000 }] },
      },
    },
  },
  input: z.object({ userId: oneUserId, role: wireRole, ...groupPaging }),
  output: z.strictObject({
    pageToken: z.string().min(1).optional(),
    groups: z.array(groupItem.extend({ alias: z.string(), role: joinedRole, joinedAt: wireMs })),
  }),
  async run(context, actor, input) {
    const page = await listJoinedGroups(context, actor, input);
    return {
      ...(page.pageToken === null ? {} : { pageToken: page.pageToken }),
      groups: page.groups.map((group) => ({
        ...toGroupItem(group),
        alias: group.alias,
        role: group.role,
        joinedAt: group.joinedAt.getTime(),
      })),
    };
  },
});
