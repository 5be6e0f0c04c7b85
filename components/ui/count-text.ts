import type { CappedCount } from "@/lib/core/paging/page-size";

/** "1,204" */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1 user", "2 users"; `many` for words that take no s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "1,204", or "10,000+" where counting stopped. */
export function countText({ count, capped }: CappedCount): string {
  return formatCount(count) + (capped ? "+" : "");
}

/** The number on a tab; none where nothing is behind it, or where it could not be counted. */
export function tabCount(count: CappedCount | null): string | undefined {
  return count === null || count.count === 0 ? undefined : countText(count);
}
