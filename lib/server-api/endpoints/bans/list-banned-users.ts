import { z } from "zod";
import { listBannedUsers as listBannedUsersUseCase } from "@/lib/core/bans/list-banned-users";
import { ListBannedUsersSchema } from "@/lib/core/bans/schema";
import { defineEndpoint } from "../../endpoint";
import { textTime } from "../../text-time";
import { wireNumber, wireTextTime, wireUserId } from "../../wire-schema";

/** Contract section 7.3. */
export const listBannedUsers = defineEndpoint({
  path: "/v4/user/ban/list",
  limit: 100,
  effect: "read",
  doc: {
    group: "Bans",
    operationId: "listBannedUsers",
    summary: "List banned users",
    description: "Latest end first. Without `page` the first 1000 entries.",
    example: {
      request: { page: 1, pageSize: 50 },
      answer: { code: 0, result: { bannedUsers: [{ userId: "bob7", banExpiresAt: "2026-02-01 10:00:00" }] } },
    },
  },
  input: z.object({
    page: wireNumber(ListBannedUsersSchema.shape.page),
    pageSize: wireNumber(ListBannedUsersSchema.shape.pageSize),
  }),
  output: z.strictObject({ bannedUsers: z.array(z.strictObject({ userId: wireUserId, banExpiresAt: wireTextTime })) }),
  async run(context, actor, input) {
    const bans = await listBannedUsersUseCase(context, actor, input);
    return { bannedUsers: bans.map((ban) => ({ userId: ban.userId, banExpiresAt: textTime(ban.endsAt) })) };
  },
});
