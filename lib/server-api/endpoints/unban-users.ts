import { z } from "zod";
import { unbanUsers as unbanUsersUseCase } from "@/lib/core/bans/unban-users";
import { defineEndpoint } from "../endpoint";
import { MAX_IDS, wireUserIds } from "../wire-schema";

/** Contract section 7.2. */
export const unbanUsers = defineEndpoint({
  path: "/v4/user/unban",
  limit: 100,
  effect: "write",
  input: z.object({ userIds: wireUserIds(MAX_IDS) }),
  async run(context, actor, input) {
    await unbanUsersUseCase(context, actor, input);
  },
});
