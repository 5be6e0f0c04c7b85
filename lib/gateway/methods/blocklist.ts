import { z } from "zod";
import { blockUsers, unblockUsers } from "@/lib/core/blocklist/block-users";
import { checkBlocked, getBlocklist } from "@/lib/core/blocklist/get-blocklist";
import { BLOCKLIST_PAGE_MAX } from "@/lib/core/blocklist/schema";
import { UserIdSchema } from "@/lib/core/users/schema";
import { defineMethod } from "../method";

/** The user's own blocklist (client contract section 3): one user a call. */

const oneUser = z.object({ userId: UserIdSchema });

const add = defineMethod({
  name: "blocklist/add",
  input: oneUser,
  async run(context, actor, { userId }) {
    await blockUsers(context, actor, { userId: actor.userId, targetUserIds: [userId] });
    return {};
  },
});

const remove = defineMethod({
  name: "blocklist/remove",
  input: oneUser,
  async run(context, actor, { userId }) {
    await unblockUsers(context, actor, { userId: actor.userId, blockedUserIds: [userId] });
    return {};
  },
});

const check = defineMethod({
  name: "blocklist/check",
  input: oneUser,
  run: async (context, actor, { userId }) => ({
    blocked: await checkBlocked(context, actor, { userId: actor.userId, targetId: userId }),
  }),
});

/** All of it: clients know no paging here, and the list is bounded. */
const get = defineMethod({
  name: "blocklist/get",
  perSecond: 5,
  input: z.object({}),
  async run(context, actor) {
    const userIds: string[] = [];
    let pageToken: string | null = "";
    while (pageToken !== null) {
      const page = await getBlocklist(context, actor, {
        userId: actor.userId,
        pageToken,
        pageSize: BLOCKLIST_PAGE_MAX,
      });
      userIds.push(...page.blockedUserIds);
      pageToken = page.pageToken;
    }
    return { userIds };
  },
});

export const BLOCKLIST_METHODS = [add, remove, check, get];
