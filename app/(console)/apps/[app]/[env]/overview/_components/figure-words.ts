import { formatCount } from "@/components/ui/count-text";
import type { DailyFigures, Figure } from "@/lib/core/overview/figures";

interface FigureWords {
  readonly title: string;
  /** How the last days add up to one sentence. */
  summary(days: readonly DailyFigures[], figure: Figure): string;
}

/** What was kept of one figure, and whether any of it stopped at a cap. */
function known(days: readonly DailyFigures[], figure: Figure) {
  const values = days.flatMap((day) => (day[figure] === null ? [] : [{ day: day.day, ...day[figure] }]));
  return { values, more: values.some(({ capped }) => capped) ? "+" : "" };
}

const highest = (days: readonly DailyFigures[], figure: Figure) => {
  const { values, more } = known(days, figure);
  return `At most ${formatCount(Math.max(0, ...values.map(({ count }) => count)))}${more} a day in the last ${days.length} days`;
};

export const FIGURE_WORDS: Record<Figure, FigureWords> = {
  registered: {
    title: "Registrations",
    summary: (days, figure) => {
      const { values, more } = known(days, figure);
      const total = values.reduce((sum, { count }) => sum + count, 0);
      return `${formatCount(total)}${more} in the last ${days.length} days`;
    },
  },
  active: { title: "Active users", summary: highest },
  peakConnections: {
    title: "Peak connections",
    summary: (days, figure) => {
      const { values, more } = known(days, figure);
      return `${formatCount(Math.max(0, ...values.map(({ count }) => count)))}${more} at once in the last ${days.length} days`;
    },
  },
};

/**
 * "12% more than the 7 days before", from the sums of both halves of `days`; null when the earlier half is not known whole,
 * has nothing in it, or a count stopped at its cap.
 */
export function change(days: readonly DailyFigures[], figure: Figure): string | null {
  const half = days.length / 2;
  const sums = [days.slice(0, half), days.slice(half)].map((part) =>
    part.reduce<number | null>((sum, day) => {
      const value = day[figure];
      return sum === null || value === null || value.capped ? null : sum + value.count;
    }, 0),
  );
  const [before, now] = sums;
  if (before == null || now == null || before === 0) return null;
  return `${comparison(now, before)} the ${half} days before`;
}

/** "12% more than", "3% fewer than", "as many as". */
function comparison(now: number, before: number): string {
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  if (now === before) return "as many as";
  return `${percent === 0 ? "less than 1" : formatCount(percent)}% ${now > before ? "more" : "fewer"} than`;
}
