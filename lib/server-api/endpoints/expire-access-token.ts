import { z } from "zod";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { ExpireTokensSchema } from "@/lib/core/tokens/schema";
import { defineEndpoint } from "../endpoint";
import { MAX_IDS, wireNumber, wireUserIds } from "../wire-schema";

/** Contract section 5.2. */
export const expireAccessToken = defineEndpoint({
  path: "/v4/auth/access-token/expire",
  limit: 100,
  effect: "write",
  input: z.object({ userIds: wireUserIds(MAX_IDS), expiresAt: wireNumber(ExpireTokensSchema.shape.expiresAt) }),
  async run(context, actor, input) {
    await expireTokens(context, actor, input);
  },
});
