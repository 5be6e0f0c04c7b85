import { z } from "zod";
import { deleteUserProfiles as deleteUserProfilesUseCase } from "@/lib/core/profiles/delete-user-profiles";
import { defineEndpoint } from "../../endpoint";
import { MAX_IDS, wireUserIds } from "../../wire-schema";

/** Contract section 10.4. */
export const deleteUserProfiles = defineEndpoint({
  path: "/v4/user/profile/delete",
  limit: 100,
  effect: "write",
  doc: {
    group: "Hosted profiles",
    operationId: "deleteUserProfiles",
    summary: "Clear hosted profiles",
    description: "Basic and extended keys are erased. The users, their tokens, tags and friends stay.",
    example: { request: { userIds: ["alice01"] }, answer: { code: 0 } },
  },
  input: z.object({ userIds: wireUserIds(MAX_IDS) }),
  output: null,
  async run(context, actor, input) {
    await deleteUserProfilesUseCase(context, actor, input);
  },
});
