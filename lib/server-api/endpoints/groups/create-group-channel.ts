import { z } from "zod";
import { createGroup } from "@/lib/core/groups/create-group";
import { CreateGroupSchema, GroupNameSchema } from "@/lib/core/groups/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, withTextItems } from "../../wire-schema";
import {
  EXAMPLE_GROUP,
  oneUserId,
  wireChannelId,
  wireExtProfile,
  wireGroupProfile,
  wirePermissions,
} from "./group-wire";

/** Contract section 17.1. */
export const createGroupChannel = defineEndpoint({
  path: "/v4/group-channel/create",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "createGroupChannel",
    summary: "Create a group",
    description:
      "The owner is its first member and does not count among `userIds`; unknown ids of `userIds` are skipped, an unknown owner answers 400. An id that exists answers 25409. `permissions` bind the users' clients, not this API; those left out have the value 0.",
    example: {
      request: {
        channelId: EXAMPLE_GROUP.channelId,
        name: EXAMPLE_GROUP.name,
        owner: EXAMPLE_GROUP.owner,
        userIds: ["bob7"],
        groupProfile: EXAMPLE_GROUP.groupProfile,
        groupExtProfile: EXAMPLE_GROUP.groupExtProfile,
        permissions: { joinPerm: 1 },
      },
      answer: { code: 0 },
    },
  },
  input: z.object({
    channelId: wireChannelId,
    name: wireText(GroupNameSchema),
    owner: oneUserId,
    userIds: z.preprocess(withTextItems, CreateGroupSchema.shape.userIds),
    groupProfile: wireGroupProfile({}),
    groupExtProfile: wireExtProfile,
    permissions: wirePermissions,
  }),
  output: null,
  async run(context, actor, input) {
    await createGroup(context, actor, {
      groupId: input.channelId,
      name: input.name,
      ownerId: input.owner,
      userIds: input.userIds,
      profile: input.groupProfile,
      extended: input.groupExtProfile,
      permissions: input.permissions,
    });
  },
});
