import { countText } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import type { DailyFigures } from "@/lib/core/overview/figures";
import { CARD_BOX } from "./count-card";

/** Users seen today (UTC), beside the whole same day a week ago; leads to the days. `days` are eight, today last. */
export function ActiveToday({ days, href }: { days: readonly DailyFigures[]; href: string }) {
  const today = days.at(-1)?.active ?? { count: 0, capped: false };
  const before = days.at(-8)?.active;
  return (
    <Link href={href} className={`${CARD_BOX} transition-colors duration-100 hover:border-line-strong`}>
      <span className="text-13 text-ink-muted">Active today</span>
      <span className="font-semibold text-figure tabular-nums">{countText(today)}</span>
      <span className="mt-auto text-ink-muted text-xs">
        {before == null ? "seen since midnight UTC" : `${countText(before)} on this day last week`}
      </span>
    </Link>
  );
}
