import { formatCount, plural } from "@/components/ui/count-text";

/** What a page showed of the limit, as its change carries it. */
export interface SeenLimit {
  readonly limit: number;
}

/** What another user limit does, one sentence each. `used`: registered users. */
export function userLimitImpact(used: number, limit: number, next: number): string[] {
  if (next === limit) return [];
  const direction = next > limit ? "more" : "fewer";
  const change = `${plural(Math.abs(next - limit), `${direction} seat`)}.`;
  if (next > used) return [change, `${plural(next - used, "seat")} will be free.`];
  if (next === used) return [change, "No seat will be free. The next registration is refused with code 2007."];
  return [
    change,
    `There are already ${formatCount(used)} registered users. None are deleted. Registration stops until fewer than ${formatCount(next)} are left.`,
  ];
}
