import { z } from "zod";
import { listOf } from "../input/list";
import { limitedText, mustBe } from "../input/text";
import { MAX_USER_IDS, userIdList } from "../users/schema";
import { MAX_TAGS, TAG_MAX_BYTES } from "./facts";

/** User tags (contract section 11). Browser-safe. */

/** Letters and digits of any script, with the marks that belong to them, and `_` and `-`. */
export const TagSchema = limitedText({ bytes: TAG_MAX_BYTES }, { empty: false }).refine(
  (tag) => /^[\p{L}\p{M}\p{N}_-]*$/u.test(tag),
  { error: "Must consist of letters, digits, _ and - only." },
);

export const TagsSchema = listOf(TagSchema, {
  max: MAX_TAGS,
  wrong: mustBe("a list of tags"),
  size: `Must have at most ${MAX_TAGS} entries.`,
}).transform((tags) => [...new Set(tags)]);

export const SetUserTagsSchema = z.object({
  userIds: userIdList(MAX_USER_IDS),
  tags: TagsSchema,
  /** What a page showed of the user, for a change that must not meet another one. */
  seen: z.object({ tags: TagsSchema }).optional(),
});
export type SetUserTagsInput = z.input<typeof SetUserTagsSchema>;

export const GetUserTagsSchema = z.object({ userIds: userIdList(MAX_USER_IDS) });
export type GetUserTagsInput = z.input<typeof GetUserTagsSchema>;

export interface TaggedUser {
  readonly userId: string;
  /** In the order in which they were set. */
  readonly tags: readonly string[];
}
