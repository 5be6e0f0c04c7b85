import { z } from "zod";
import { batchGetUserProfiles as batchGetUserProfilesUseCase } from "@/lib/core/profiles/batch-get-user-profiles";
import { defineEndpoint } from "../../endpoint";
import { MAX_IDS, wireUserIds } from "../../wire-schema";
import { toWireProfile, wireHostedProfile } from "./wire-profile";

/** Contract section 10.2. */
export const batchGetUserProfiles = defineEndpoint({
  path: "/v4/user/profile/batch/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Hosted profiles",
    operationId: "batchGetUserProfiles",
    summary: "Read hosted profiles",
    description:
      "Only keys that are set. Users without a hosted profile are left out. `version` grows with every change of the profile.",
    example: {
      request: { userIds: ["alice01", "bob7"] },
      answer: {
        code: 0,
        result: {
          users: [
            {
              userId: "alice01",
              version: 1767225600123,
              userProfile: { name: "Al", level: 2 },
              userExtProfile: { ext_team: "red" },
            },
            { userId: "bob7", version: 1767225600456, userProfile: { gender: 1 } },
          ],
        },
      },
    },
  },
  input: z.object({ userIds: wireUserIds(MAX_IDS) }),
  output: z.strictObject({ users: z.array(wireHostedProfile) }),
  async run(context, actor, input) {
    const profiles = await batchGetUserProfilesUseCase(context, actor, input);
    return { users: profiles.map(toWireProfile) };
  },
});
