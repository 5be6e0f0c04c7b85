import { z } from "zod";
import { unbanUsers as unbanUsersUseCase } from "@/lib/core/bans/unban-users";
import { defineEndpoint } from "../../endpoint";
import { MAX_IDS, wireUserIds } from "../../wire-schema";

/** Contract section 7.2. */
export const unbanUsers = defineEndpoint({
  path: "/v4/user/unban",
  limit: 100,
  effect: "write",
  doc: {
    group: "Bans",
    operationId: "unbanUsers",
    summary: "Unban users",
    description: "Ends bans now. Users who are not banned are skipped.",
    example: { request: { userIds: ["alice01", "bob7"] }, answer: { code: 0 } },
  },
  input: z.object({ userIds: wireUserIds(MAX_IDS) }),
  output: null,
  async run(context, actor, input) {
    await unbanUsersUseCase(context, actor, input);
  },
});
