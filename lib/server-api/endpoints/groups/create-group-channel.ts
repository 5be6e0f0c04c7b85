import { z } from "zod";
import { createGroup } from "@/lib/core/groups/create-group";
import { GroupPermissionsSchema } from "@/lib/core/groups/permission-schema";
import {
  CreateGroupSchema,
  GroupExtProfileSchema,
  GroupNameSchema,
  GroupProfileSchema,
} from "@/lib/core/groups/schema";
import { mustBe } from "@/lib/core/input/text";
import { defineEndpoint } from "../../endpoint";
import { textFromNumber, wireNumber, wireText } from "../../wire-schema";
import { EXAMPLE_GROUP, oneUserId, wireChannelId } from "./group-wire";

const { introduction, announcement, portraitUrl } = GroupProfileSchema.shape;
const permission = GroupPermissionsSchema.partial().shape;

/** The values may arrive as numbers, as all texts may. */
const extProfile = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textFromNumber(text)]))
      : value,
  GroupExtProfileSchema.optional(),
);

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
    userIds: z.preprocess(
      (value) => (Array.isArray(value) ? value.map(textFromNumber) : value),
      CreateGroupSchema.shape.userIds,
    ),
    groupProfile: z
      .object(
        {
          introduction: wireText(introduction),
          announcement: wireText(announcement),
          portraitUrl: wireText(portraitUrl),
        },
        { error: mustBe("an object") },
      )
      .optional(),
    groupExtProfile: extProfile,
    permissions: z
      .object(
        {
          joinPerm: wireNumber(permission.joinPerm),
          removePerm: wireNumber(permission.removePerm),
          memInvitePerm: wireNumber(permission.memInvitePerm),
          invitePerm: wireNumber(permission.invitePerm),
          profilePerm: wireNumber(permission.profilePerm),
          memProfilePerm: wireNumber(permission.memProfilePerm),
        },
        { error: mustBe("an object") },
      )
      .optional(),
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
