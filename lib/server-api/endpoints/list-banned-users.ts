import { z } from "zod";
import { listBannedUsers as listBannedUsersUseCase } from "@/lib/core/bans/list-banned-users";
import { ListBannedUsersSchema } from "@/lib/core/bans/schema";
import { defineEndpoint } from "../endpoint";
import { textTime } from "../text-time";
import { wireNumber } from "../wire-schema";

/** Contract section 7.3. */
export const listBannedUsers = defineEndpoint({
  path: "/v4/user/ban/list",
  limit: 100,
  effect: "read",
  input: z.object({
    page: wireNumber(ListBannedUsersSchema.shape.page),
    pageSize: wireNumber(ListBannedUsersSchema.shape.pageSize),
  }),
  async run(context, actor, input) {
    const bans = await listBannedUsersUseCase(context, actor, input);
    return { bannedUsers: bans.map((ban) => ({ userId: ban.userId, banExpiresAt: textTime(ban.endsAt) })) };
  },
});
