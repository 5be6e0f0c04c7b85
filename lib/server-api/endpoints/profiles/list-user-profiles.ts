import { z } from "zod";
import { listUserProfiles as listUserProfilesUseCase } from "@/lib/core/profiles/list-user-profiles";
import { ListUserProfilesSchema } from "@/lib/core/profiles/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber } from "../../wire-schema";
import { toWireProfile, wireHostedProfile } from "./wire-profile";

/** Contract section 10.3. */
export const listUserProfiles = defineEndpoint({
  path: "/v4/user/profile/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Hosted profiles",
    operationId: "listUserProfiles",
    summary: "List hosted profiles",
    description:
      "Users who have a hosted profile, by the time of their registration: `order` 0 oldest first, 1 newest first. There is no total; a page with fewer than `pageSize` users is the last.",
    example: {
      request: { page: 1, pageSize: 20, order: 0 },
      answer: {
        code: 0,
        result: { users: [{ userId: "alice01", version: 1767225600123, userProfile: { name: "Al", level: 2 } }] },
      },
    },
  },
  input: z.object({
    page: wireNumber(ListUserProfilesSchema.shape.page),
    pageSize: wireNumber(ListUserProfilesSchema.shape.pageSize),
    order: wireNumber(ListUserProfilesSchema.shape.order),
  }),
  output: z.strictObject({ users: z.array(wireHostedProfile) }),
  async run(context, actor, input) {
    const profiles = await listUserProfilesUseCase(context, actor, input);
    return { users: profiles.map(toWireProfile) };
  },
});
