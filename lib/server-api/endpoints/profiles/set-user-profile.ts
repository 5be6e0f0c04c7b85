import { z } from "zod";
import { SetUserProfileSchema } from "@/lib/core/profiles/schema";
import { setUserProfile as setUserProfileUseCase } from "@/lib/core/profiles/set-user-profile";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";
import { wireUserExtProfileInput, wireUserProfileInput } from "./wire-profile";

/** Contract section 10.1. */
export const setUserProfile = defineEndpoint({
  path: "/v4/user/profile/set",
  limit: 100,
  effect: "write",
  doc: {
    group: "Hosted profiles",
    operationId: "setUserProfile",
    summary: "Set keys of a hosted profile",
    description:
      "At least one of `userProfile` and `userExtProfile`. Given keys overwrite, an empty text clears a key, the others stay; when one key is refused nothing is changed, and `profileKey` beside the code names it. Extended keys must be declared in the console. `uniqueId` is unique in the environment. Registered name and avatar are not touched.",
    example: {
      request: { userId: "alice01", userProfile: { name: "Al", level: 2 } },
      answer: { code: 0 },
    },
  },
  input: z.object({
    userId: wireText(SetUserProfileSchema.shape.userId),
    userProfile: wireUserProfileInput,
    userExtProfile: wireUserExtProfileInput,
  }),
  output: null,
  async run(context, actor, input) {
    await setUserProfileUseCase(context, actor, input);
  },
});
