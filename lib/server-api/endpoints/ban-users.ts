import { z } from "zod";
import { banUsers as banUsersUseCase } from "@/lib/core/bans/ban-users";
import { DurationMinutesSchema } from "@/lib/core/bans/schema";
import { defineEndpoint } from "../endpoint";
import { MAX_IDS, wireNumber, wireUserIds } from "../wire-schema";

/** Contract section 7.1. */
export const banUsers = defineEndpoint({
  path: "/v4/user/ban",
  limit: 100,
  effect: "write",
  input: z.object({ userIds: wireUserIds(MAX_IDS), durationMinutes: wireNumber(DurationMinutesSchema) }),
  async run(context, actor, input) {
    await banUsersUseCase(context, actor, input);
  },
});
