import { z } from "zod";
import { listGroupMembers as listGroupMembersUseCase } from "@/lib/core/groups/list-group-members";
import { defineEndpoint } from "../../endpoint";
import {
  EXAMPLE_GROUP,
  EXAMPLE_MEMBER,
  groupPaging,
  memberPage,
  toMember,
  wireChannelId,
  wireRole,
} from "./group-wire";

/** Contract section 17.6. */
export const listGroupMembers = defineEndpoint({
  path: "/v4/group-channel/member/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Groups",
    operationId: "listGroupMembers",
    summary: "List members",
    description:
      "By when they joined, `order` 0 the earliest first (default), 1 the latest first. `memberRole` 0 all (default), 1 members, 2 admins, 3 the owner; `totalCount` counts that role on all pages. `pageToken` is absent on the last page.",
    example: {
      request: { channelId: EXAMPLE_GROUP.channelId, memberRole: 1, pageSize: 50 },
      answer: { code: 0, result: { totalCount: 1, members: [EXAMPLE_MEMBER] } },
    },
  },
  input: z.object({ channelId: wireChannelId, memberRole: wireRole, ...groupPaging }),
  output: memberPage,
  async run(context, actor, { channelId, memberRole, ...paging }) {
    const page = await listGroupMembersUseCase(context, actor, { groupId: channelId, role: memberRole, ...paging });
    return {
      totalCount: page.totalCount,
      ...(page.pageToken === null ? {} : { pageToken: page.pageToken }),
      members: page.members.map(toMember),
    };
  },
});
