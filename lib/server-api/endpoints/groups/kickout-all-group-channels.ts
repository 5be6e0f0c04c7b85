import { z } from "zod";
import { leaveAllGroups } from "@/lib/core/groups/leave-all-groups";
import { defineEndpoint } from "../../endpoint";
import { oneUserId } from "./group-wire";

/** Contract section 17.7. */
export const kickoutAllGroupChannels = defineEndpoint({
  path: "/v4/group-channel/member/kickout-all",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "kickoutAllGroupChannels",
    summary: "Remove a user from all groups",
    description:
      "Soft delete keeps memberships, so soft-deleted users are removed as well. Groups that the user owns stay as they are: dismiss them.",
    example: { request: { userId: "bob7" }, answer: { code: 0 } },
  },
  input: z.object({ userId: oneUserId }),
  output: null,
  async run(context, actor, input) {
    await leaveAllGroups(context, actor, input);
  },
});
