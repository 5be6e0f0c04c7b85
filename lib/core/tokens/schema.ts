import { z } from "zod";
import { mustBe } from "../input/text";
import { MAX_USER_IDS, UserIdSchema, userIdList } from "../users/schema";

/** The last millisecond of the year 9999. */
const LATEST = 253_402_300_799_999;
const expiresAt = "Must be a Unix time in milliseconds.";

/** Contract section 5.2. */
export const ExpireTokensSchema = z.object({
  userIds: userIdList(MAX_USER_IDS),
  expiresAt: z
    .int({ error: mustBe("a Unix time in milliseconds") })
    .min(0, expiresAt)
    .max(LATEST, expiresAt),
});
export type ExpireTokensInput = z.input<typeof ExpireTokensSchema>;

/** What the console asks: from now on, and whether open connections close as well. */
export const InvalidateTokensSchema = z.object({
  userIds: userIdList(MAX_USER_IDS),
  disconnect: z.boolean({ error: mustBe("true or false") }).default(false),
});
export type InvalidateTokensInput = z.input<typeof InvalidateTokensSchema>;

export const IssueTestTokenSchema = z.object({ userId: UserIdSchema });
export type IssueTestTokenInput = z.input<typeof IssueTestTokenSchema>;
