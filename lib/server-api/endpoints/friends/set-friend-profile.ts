import { z } from "zod";
import { MAX_ATTRIBUTES, SetFriendNoteSchema } from "@/lib/core/friends/schema";
import { setFriendNote } from "@/lib/core/friends/set-friend-note";
import { firstPairs } from "@/lib/core/input/record";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";

const { userId, targetId, alias } = SetFriendNoteSchema.shape;

/** Contract section 12.7. */
export const setFriendProfile = defineEndpoint({
  path: "/v4/friend/profile/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Friends",
    operationId: "setFriendProfile",
    summary: "Set alias and attributes of a friend",
    description:
      "Seen by `userId` alone. An omitted `alias` is cleared. `friendExtProfile` is merged by key, an empty value removes its key, omitted it stays: up to 10 pairs, keys `ext_…` of up to 32 letters, digits and `_`, values of up to 256 characters.",
    example: {
      request: { userId: "alice01", targetId: "bob7", alias: "Bobby", friendExtProfile: { ext_src: "school" } },
      answer: { code: 0 },
    },
  },
  input: z.object({
    userId: wireText(userId),
    targetId: wireText(targetId),
    alias: wireText(alias),
    friendExtProfile: firstPairs(
      MAX_ATTRIBUTES,
      z.record(z.string(), wireText(z.string({ error: "Must be text." })), { error: "Must be an object of texts." }),
    ).optional(),
  }),
  output: null,
  async run(context, actor, input) {
    await setFriendNote(context, actor, input);
  },
});
