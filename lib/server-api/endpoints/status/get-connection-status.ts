import { z } from "zod";
import { getOnlineStatus } from "@/lib/core/presence/get-online-status";
import { GetUserSchema } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";

/** Contract section 9. */
export const getUserConnectionStatus = defineEndpoint({
  path: "/v4/user/connection-status/get",
  aliases: ["/v4/user/online-status/get"],
  limit: 100,
  effect: "read",
  doc: {
    group: "Online status",
    operationId: "getUserConnectionStatus",
    summary: "Read whether a user is online",
    description:
      'Text: `"1"` while the user has at least one live connection, else `"0"`, also for an unknown id. Meant for dashboards; to follow changes use the webhook `user:connection_status`.',
    example: { request: { userId: "alice01" }, answer: { code: 0, result: { status: "1" } } },
  },
  input: z.object({ userId: wireText(GetUserSchema.shape.userId) }),
  output: z.strictObject({ status: z.enum(["0", "1"]) }),
  async run(context, actor, input) {
    const online = await getOnlineStatus(context, actor, input);
    return { status: online ? "1" : "0" } as const;
  },
});
