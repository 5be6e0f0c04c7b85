import { z } from "zod";
import { UpdateGroupSchema } from "@/lib/core/groups/schema";
import { updateGroup } from "@/lib/core/groups/update-group";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";
import { EXAMPLE_GROUP, wireChannelId, wireExtProfile, wireGroupProfile, wirePermissions } from "./group-wire";

/** Contract section 17, and docs/compatibility.md. */
export const updateGroupChannelProfile = defineEndpoint({
  path: "/v4/group-channel/profile/update",
  limit: 100,
  effect: "write",
  doc: {
    group: "Groups",
    operationId: "updateGroupChannelProfile",
    summary: "Change what a group tells of itself",
    description:
      'Name, avatar (`portraitUrl`), introduction, announcement, attributes and permissions: what is left out stays, `""` clears a key. The name may stand beside `groupProfile` or in it. An empty name answers 25423. The members\' clients are told.',
    example: {
      request: {
        channelId: EXAMPLE_GROUP.channelId,
        name: "Team 7b",
        groupProfile: { portraitUrl: "https://example.com/team.png" },
        groupExtProfile: { ext_floor: "4" },
      },
      answer: { code: 0 },
    },
  },
  input: z.object({
    channelId: wireChannelId,
    name: wireText(UpdateGroupSchema.shape.name),
    groupProfile: wireGroupProfile({ name: wireText(UpdateGroupSchema.shape.name) }),
    groupExtProfile: wireExtProfile,
    permissions: wirePermissions,
  }),
  output: null,
  async run(context, actor, { channelId, name, groupProfile = {}, groupExtProfile, permissions }) {
    const { name: within, ...profile } = groupProfile;
    await updateGroup(context, actor, {
      groupId: channelId,
      name: name ?? within,
      profile,
      extended: groupExtProfile,
      permissions,
    });
  },
});
