import { z } from "zod";
import { setFriendPermission as setFriendPermissionUseCase } from "@/lib/core/friends/friend-permission";
import { SetFriendPermissionSchema } from "@/lib/core/friends/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireUserIds } from "../../wire-schema";

/** Contract section 12.6. */
export const setFriendPermission = defineEndpoint({
  path: "/v4/friend/permission/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Friends",
    operationId: "setFriendPermission",
    summary: "Set who may add users as friends",
    description:
      "`permissionType` 1 everyone, 2 with approval, 3 nobody. Unknown ids are skipped. Each user counts as one call.",
    example: { request: { userIds: ["bob7"], permissionType: 2 }, answer: { code: 0 } },
  },
  input: z.object({
    userIds: wireUserIds(100),
    permissionType: wireNumber(SetFriendPermissionSchema.shape.permissionType),
  }),
  output: null,
  cost: ({ userIds }) => userIds.length,
  async run(context, actor, input) {
    await setFriendPermissionUseCase(context, actor, input);
  },
});
