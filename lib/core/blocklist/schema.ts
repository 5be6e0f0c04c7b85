import { z } from "zod";
import { mustBe } from "../input/text";
import { UserIdSchema, userIdList } from "../users/schema";

/** Contract section 13: most users on one blocklist. Browser-safe. */
export const MAX_BLOCKED = 3_000;
export const BLOCKLIST_PAGE_MAX = 1_000;
/** Most users blocked or unblocked by one call. */
export const MAX_BLOCK_TARGETS = 20;

export const BlockUsersSchema = z.object({
  userId: UserIdSchema,
  targetUserIds: userIdList(MAX_BLOCK_TARGETS),
});
export type BlockUsersInput = z.input<typeof BlockUsersSchema>;

export const UnblockUsersSchema = z.object({
  userId: UserIdSchema,
  blockedUserIds: userIdList(MAX_BLOCK_TARGETS),
});
export type UnblockUsersInput = z.input<typeof UnblockUsersSchema>;

const pageSize = `Must be between 1 and ${BLOCKLIST_PAGE_MAX}.`;

export const GetBlocklistSchema = z.object({
  userId: UserIdSchema,
  /** As the page before gave it; "" and none: the first page. */
  pageToken: z.string({ error: mustBe("text") }).default(""),
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(BLOCKLIST_PAGE_MAX, pageSize).default(BLOCKLIST_PAGE_MAX),
});
export type GetBlocklistInput = z.input<typeof GetBlocklistSchema>;

export const CheckBlockedSchema = z.object({ userId: UserIdSchema, targetId: UserIdSchema });
export type CheckBlockedInput = z.input<typeof CheckBlockedSchema>;
