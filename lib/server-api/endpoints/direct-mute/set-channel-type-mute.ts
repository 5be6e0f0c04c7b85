import { z } from "zod";
import { setDirectMute } from "@/lib/core/direct-mute/set-direct-mute";
import { MAX_USER_IDS } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireUserIds } from "../../wire-schema";
import { DirectChannelTypesSchema } from "./direct-channel-type";

/** Contract section 15. Callers name the channels in either of two fields. */
export const setChannelTypeMute = defineEndpoint({
  path: "/v4/channel-type/mute/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Direct-channel mute",
    operationId: "setChannelTypeMute",
    summary: "Mute users in direct channels, or end it",
    description:
      "A muted user's clients cannot send direct messages; they receive as before, and messages that the app server sends for the user are delivered. Without an end: `muteState` 0 unmutes. `channelTypes`, or `channelType`, is `PERSON` or 1. Unknown ids are skipped.",
    example: { request: { userIds: ["bob7"], muteState: 1, channelTypes: ["PERSON"] }, answer: { code: 0 } },
  },
  input: z
    .object({
      userIds: wireUserIds(MAX_USER_IDS),
      muteState: wireNumber(z.literal([0, 1], { error: "Must be 0 or 1." })),
      channelTypes: DirectChannelTypesSchema,
      channelType: DirectChannelTypesSchema,
    })
    .refine(({ channelTypes, channelType }) => (channelTypes ?? channelType) !== undefined, {
      path: ["channelTypes"],
      error: "Must be given.",
    }),
  output: null,
  async run(context, actor, { userIds, muteState }) {
    await setDirectMute(context, actor, { userIds, muted: muteState === 1 });
  },
});
