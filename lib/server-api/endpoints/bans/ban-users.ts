import { z } from "zod";
import { banUsers as banUsersUseCase } from "@/lib/core/bans/ban-users";
import { DurationMinutesSchema } from "@/lib/core/bans/schema";
import { defineEndpoint } from "../../endpoint";
import { MAX_IDS, wireNumber, wireUserIds } from "../../wire-schema";

/** Contract section 7.1. */
export const banUsers = defineEndpoint({
  path: "/v4/user/ban",
  limit: 100,
  effect: "write",
  doc: {
    group: "Bans",
    operationId: "banUsers",
    summary: "Ban users",
    description:
      "From now for the given time; there is no permanent ban. Open connections are dropped and new ones refused until it ends. A user who is banned already gets the new end, even an earlier one. Unknown ids are skipped.",
    example: { request: { userIds: ["alice01", "bob7"], durationMinutes: 1440 }, answer: { code: 0 } },
  },
  input: z.object({ userIds: wireUserIds(MAX_IDS), durationMinutes: wireNumber(DurationMinutesSchema) }),
  output: null,
  async run(context, actor, input) {
    await banUsersUseCase(context, actor, input);
  },
});
