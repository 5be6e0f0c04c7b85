import { formatCount, plural } from "@/components/ui/count-text";

/** What a page showed of the limit, as its change carries it. */
export interface SeenLimit {
  readonly limit: number;
}

/** What another user limit does, one sentence each. `used`: registered users. */
export function userLimitImpact(used: number, limit: number, next: number): string[] {
  if (next === limit) return [];
  const seats = plural(Math.abs(next - limit), "seat");
  const change = next > limit ? `${seats} more.` : `${seats} fewer.`;
  if (next > used) return [change, `${plural(next - used, "seat")} free then.`];
  if (next === used) return [change, "No seat is free then: the next registration is refused with code 2007."];
  return [
    change,
    `There are already ${formatCount(used)} registered users. Nobody is removed; registration stops until fewer than ${formatCount(next)} are left.`,
  ];
}
