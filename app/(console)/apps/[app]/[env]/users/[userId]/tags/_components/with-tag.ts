import { MAX_TAGS } from "@/lib/core/tags/facts";
import { TagSchema } from "@/lib/core/tags/schema";

/** The tags with one more at their end, or why it cannot be one of them. */
export function withTag(tags: readonly string[], typed: string): { tags: readonly string[] } | { problem: string } {
  const parsed = TagSchema.safeParse(typed.trim());
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? "This can’t be a tag." };
  if (tags.includes(parsed.data)) return { problem: `${parsed.data} is already there.` };
  if (tags.length >= MAX_TAGS) return { problem: `A user has at most ${MAX_TAGS} tags. Remove one first.` };
  return { tags: [...tags, parsed.data] };
}
