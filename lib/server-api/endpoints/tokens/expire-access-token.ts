import { z } from "zod";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { ExpireTokensSchema } from "@/lib/core/tokens/schema";
import { defineEndpoint } from "../../endpoint";
import { MAX_IDS, wireNumber, wireUserIds } from "../../wire-schema";

/** Contract section 5.2. */
export const expireAccessToken = defineEndpoint({
  path: "/v4/auth/access-token/expire",
  limit: 100,
  effect: "write",
  doc: {
    group: "Access tokens",
    operationId: "expireAccessToken",
    summary: "Invalidate access tokens",
    description:
      "Tokens issued before `expiresAt` are refused from now on; later ones stay valid. Open connections are not cut. A smaller value later does not bring tokens back.",
    example: { request: { userIds: ["alice01"], expiresAt: 1767225600000 }, answer: { code: 0 } },
  },
  input: z.object({ userIds: wireUserIds(MAX_IDS), expiresAt: wireNumber(ExpireTokensSchema.shape.expiresAt) }),
  output: null,
  async run(context, actor, input) {
    await expireTokens(context, actor, input);
  },
});
