import { z } from "zod";
import { getFriendPermissions } from "@/lib/core/friends/friend-permission";
import { defineEndpoint } from "../../endpoint";
import { wireUserId, wireUserIds } from "../../wire-schema";

/** Contract section 12.6. */
export const getFriendPermission = defineEndpoint({
  path: "/v4/friend/permission/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Friends",
    operationId: "getFriendPermission",
    summary: "Read who may add users as friends",
    description:
      "What holds: the user's own level, else the setting “Friend request preference” of the environment. Unknown ids are left out.",
    example: {
      request: { userIds: ["bob7"] },
      answer: { code: 0, result: { permissions: [{ userId: "bob7", permissionType: 2 }] } },
    },
  },
  input: z.object({ userIds: wireUserIds(100) }),
  output: z.strictObject({
    permissions: z.array(z.strictObject({ userId: wireUserId, permissionType: z.literal([1, 2, 3]) })),
  }),
  async run(context, actor, input) {
    const permissions = await getFriendPermissions(context, actor, input);
    return { permissions: permissions.map(({ userId, permission }) => ({ userId, permissionType: permission })) };
  },
});
