"use client";

import { countText } from "@/components/ui/count-text";
import { useClock } from "@/components/ui/time";
import { dayText, weekdayText } from "@/components/ui/time-format";
import { type DailyFigures, FIGURES, type Figure } from "@/lib/core/overview/figures";
import { FIGURE_WORDS } from "./figure-words";

const HEIGHT = 200;
const TOP = 20;
const BASE = 164;
/** Bars beyond this many are too narrow for numbers of their own. */
const NUMBERED_BARS = 14;

/** Days are those of UTC, in the reader's language. */
function useDayWords() {
  const clock = { ...useClock().clock, timeZone: "UTC" };
  return { weekday: (date: Date) => weekdayText(date, clock), day: (date: Date) => dayText(date, clock) };
}
type DayWords = ReturnType<typeof useDayWords>;

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** The top of an axis from 0 that holds `max` and divides into two whole halves: 0 → 2, 7 → 8, 43 → 50, 1204 → 2000. */
export function axisTop(max: number): number {
  if (max <= 2) return 2;
  const magnitude = 10 ** Math.floor(Math.log10(max));
  for (const step of [1, 2, 4, 5, 6, 8, 10]) {
    const top = step * magnitude;
    if (top >= max && top % 2 === 0) return top;
  }
  return magnitude * 20;
}

/** The chart in words, for those who do not see it. */
function description(days: readonly DailyFigures[], figure: Figure, words: DayWords): string {
  const { title, summary } = FIGURE_WORDS[figure];
  const values = days.flatMap((day) => (day[figure] === null ? [] : [{ day: day.day, value: day[figure] }]));
  const [first, ...rest] = values;
  const most = rest.reduce((best, one) => (one.value.count > (best?.value.count ?? 0) ? one : best), first);
  if (most === undefined || most.value.count === 0) return `${title}: none in the last ${days.length} days.`;
  return `${title}: ${summary(days, figure)}, most on ${words.day(asDate(most.day))} with ${countText(most.value)}.`;
}

/**
 * One figure per day as bars, with their numbers where there is room. Days of which nothing was kept have no bar and a dash.
 * Widths are shares, so that text keeps its size on every screen.
 */
export function DailyChart({ days, figure }: { days: readonly DailyFigures[]; figure: Figure }) {
  const words = useDayWords();
  const top = axisTop(Math.max(0, ...days.map((day) => day[figure]?.count ?? 0)));
  const slot = 1 / Math.max(1, days.length);
  const y = (count: number) => BASE - (count / top) * (BASE - TOP);
  const numbered = days.length <= NUMBERED_BARS;
  return (
    <svg
      role="img"
      aria-label={description(days, figure, words)}
      width="100%"
      height={HEIGHT}
      className="block overflow-visible text-xs"
    >
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line
            x1="0"
            x2="100%"
            y1={y(value)}
            y2={y(value)}
            className="stroke-line"
            strokeDasharray={value === 0 ? undefined : "3 4"}
          />
          {numbered || value === 0 ? null : (
            <text x="0" y={y(value) - 4} className="fill-ink-faint">
              {compact.format(value)}
            </text>
          )}
        </g>
      ))}
      {days.map((day, index) => (
        <Bar
          key={day.day}
          day={day}
          value={day[figure]}
          left={index * slot}
          width={slot}
          y={y}
          numbered={numbered}
          label={dayLabel(days, index, words)}
          words={words}
        />
      ))}
    </svg>
  );
}

interface BarProps {
  day: DailyFigures;
  value: DailyFigures[Figure];
  /** Share of the chart's width. */
  left: number;
  width: number;
  y(count: number): number;
  numbered: boolean;
  label: readonly [string, string] | null;
  words: DayWords;
}

function Bar({ day, value, left, width, y, numbered, label, words }: BarProps) {
  const date = asDate(day.day);
  const count = value?.count ?? 0;
  const height = count === 0 ? 0 : Math.max(2, BASE - y(count));
  const middle = percent(left + width / 2);
  const share = numbered ? 0.46 : 0.72;
  return (
    <g>
      <title>{`${words.weekday(date)} ${words.day(date)}: ${value === null ? "not kept" : countText(value)}`}</title>
      <rect x={percent(left)} width={percent(width)} y="0" height={HEIGHT} className="fill-transparent" />
      <rect
        x={percent(left + (width * (1 - share)) / 2)}
        width={percent(width * share)}
        y={BASE - height}
        height={height}
        rx={numbered ? 2 : 1}
        className="fill-accent"
      />
      {numbered ? (
        <text
          x={middle}
          y={BASE - height - 6}
          textAnchor="middle"
          className={count === 0 ? "fill-ink-faint" : "fill-ink font-medium"}
        >
          {value === null ? "–" : `${compact.format(count)}${value.capped ? "+" : ""}`}
        </text>
      ) : null}
      {label === null ? null : (
        <>
          <text x={middle} y={BASE + 16} textAnchor="middle" className="fill-ink-muted">
            {label[0]}
          </text>
          <text x={middle} y={BASE + 31} textAnchor="middle" className="fill-ink-faint">
            {label[1]}
          </text>
        </>
      )}
    </g>
  );
}

/** Two lines below a bar: of a long chart only every seventh or thirtieth day, counted back from today, has them. */
function dayLabel(days: readonly DailyFigures[], index: number, words: DayWords): readonly [string, string] | null {
  const date = asDate(days[index]?.day ?? "");
  const fromEnd = days.length - 1 - index;
  if (days.length > NUMBERED_BARS) {
    // The first and last would stand out beyond the chart's edge.
    if (fromEnd === 0 || fromEnd % (days.length > 31 ? 21 : 7) !== 0 || index < days.length / 30) return null;
    return [words.day(date), ""];
  }
  const name = words.weekday(date);
  return [String(date.getUTCDate()), fromEnd === 0 ? "today" : days.length <= 7 ? name : name.slice(0, 2)];
}

/** All figures of the same days as a table, today first. */
export function DailyTable({ days }: { days: readonly DailyFigures[] }) {
  const words = useDayWords();
  return (
    <table className="w-full border-separate border-spacing-0 text-13">
      <caption className="sr-only">Figures per day, UTC</caption>
      <thead>
        <tr className="text-left text-ink-muted">
          <th scope="col" className="border-b py-1.5 font-medium">
            Day (UTC)
          </th>
          {FIGURES.map((figure) => (
            <th key={figure} scope="col" className="border-b py-1.5 text-right font-medium">
              {FIGURE_WORDS[figure].title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((day) => (
          <tr key={day.day} className="group/day">
            <th scope="row" className="border-b py-1.5 text-left font-normal group-last/day:border-b-0">
              <time dateTime={day.day}>
                {words.weekday(asDate(day.day))} {words.day(asDate(day.day))}
              </time>
            </th>
            {FIGURES.map((figure) => {
              const value = day[figure];
              return (
                <td key={figure} className="border-b py-1.5 text-right tabular-nums group-last/day:border-b-0">
                  {value === null ? <span className="text-ink-faint">Not kept</span> : countText(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
