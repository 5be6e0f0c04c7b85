import { countText, plural } from "@/components/ui/count-text";

export interface RegistrationDay {
  /** "2026-11-23", in UTC */
  readonly day: string;
  readonly count: number;
  /** The count stopped at its cap. */
  readonly capped: boolean;
}

const HEIGHT = 200;
const TOP = 20;
const BASE = 164;

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const shortText = ({ count, capped }: RegistrationDay) => `${compact.format(count)}${capped ? "+" : ""}`;
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

/** The chart in one sentence, for those who do not see it. */
function summary(days: readonly RegistrationDay[]): string {
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const more = days.some((day) => day.capped) ? " or more" : "";
  const busiest = days.reduce<RegistrationDay | undefined>(
    (most, day) => (most === undefined || day.count > most.count ? day : most),
    undefined,
  );
  if (total === 0 || busiest === undefined) return `No registrations in the last ${days.length} days.`;
  return `${plural(total, "registration")}${more} in the last ${days.length} days, most on ${dayAndMonth.format(asDate(busiest.day))}: ${countText(busiest)}.`;
}

/** Registrations per day as bars with their numbers. Widths are shares, so that text keeps its size on every screen. */
export function RegistrationsChart({ days }: { days: readonly RegistrationDay[] }) {
  const top = axisTop(Math.max(0, ...days.map((day) => day.count)));
  const slot = 1 / Math.max(1, days.length);
  const y = (count: number) => BASE - (count / top) * (BASE - TOP);
  return (
    <svg role="img" aria-label={summary(days)} width="100%" height={HEIGHT} className="block overflow-visible text-xs">
      {[0, top / 2, top].map((value) => (
        <line
          key={value}
          x1="0"
          x2="100%"
          y1={y(value)}
          y2={y(value)}
          className="stroke-line"
          strokeDasharray={value === 0 ? undefined : "3 4"}
        />
      ))}
      {days.map((day, index) => {
        const date = asDate(day.day);
        const height = day.count === 0 ? 0 : Math.max(2, BASE - y(day.count));
        const middle = percent((index + 0.5) * slot);
        const isLast = index === days.length - 1;
        return (
          <g key={day.day}>
            <title>{`${weekday.format(date)} ${dayAndMonth.format(date)}: ${countText(day)}`}</title>
            <rect x={percent(index * slot)} width={percent(slot)} y="0" height={HEIGHT} className="fill-transparent" />
            <rect
              x={percent((index + 0.27) * slot)}
              width={percent(0.46 * slot)}
              y={BASE - height}
              height={height}
              rx="2"
              className="fill-accent"
            />
            <text
              x={middle}
              y={BASE - height - 6}
              textAnchor="middle"
              className={day.count === 0 ? "fill-ink-faint" : "fill-ink font-medium"}
            >
              {shortText(day)}
            </text>
            <text x={middle} y={BASE + 16} textAnchor="middle" className="fill-ink-muted">
              {date.getUTCDate()}
            </text>
            <text x={middle} y={BASE + 31} textAnchor="middle" className="fill-ink-faint">
              {isLast ? "today" : days.length <= 7 ? weekday.format(date) : weekday.format(date).slice(0, 2)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The same numbers as a table. */
export function RegistrationsTable({ days }: { days: readonly RegistrationDay[] }) {
  return (
    <table className="w-full border-separate border-spacing-0 text-13">
      <caption className="sr-only">Registrations per day, UTC</caption>
      <thead>
        <tr className="text-left text-ink-muted">
          <th scope="col" className="border-b py-1.5 font-medium">
            Day (UTC)
          </th>
          <th scope="col" className="border-b py-1.5 text-right font-medium">
            Registrations
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day} className="group/day">
            <th scope="row" className="border-b py-1.5 text-left font-normal group-last/day:border-b-0">
              <time dateTime={day.day}>
                {weekday.format(asDate(day.day))} {dayAndMonth.format(asDate(day.day))}
              </time>
            </th>
            <td className="border-b py-1.5 text-right group-last/day:border-b-0">{countText(day)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
