import { z } from "zod";
import { getBlocklist } from "@/lib/core/blocklist/get-blocklist";
import { GetBlocklistSchema } from "@/lib/core/blocklist/schema";
import { defineEndpoint } from "../../endpoint";
import { wireNumber, wireText, wireUserId } from "../../wire-schema";

const { userId, pageToken, pageSize } = GetBlocklistSchema.shape;

/** Contract section 13. Callers read the cursor from either of two fields. */
export const getUserBlocklist = defineEndpoint({
  path: "/v4/user/blocklist/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "Blocklist",
    operationId: "getUserBlocklist",
    summary: "Read a user's blocklist",
    description:
      "The latest block first. `pageToken` and, with the same value, `next` come while there is more; send it back as `pageToken`.",
    example: {
      request: { userId: "alice01", pageSize: 1000 },
      answer: { code: 0, result: { blockedUserIds: ["x9", "x8"] } },
    },
  },
  input: z.object({ userId: wireText(userId), pageToken: wireText(pageToken), pageSize: wireNumber(pageSize) }),
  output: z.strictObject({
    pageToken: z.string().min(1).optional(),
    next: z.string().min(1).optional(),
    blockedUserIds: z.array(wireUserId),
  }),
  async run(context, actor, input) {
    const { pageToken, blockedUserIds } = await getBlocklist(context, actor, input);
    return { ...(pageToken === null ? {} : { pageToken, next: pageToken }), blockedUserIds: [...blockedUserIds] };
  },
});
