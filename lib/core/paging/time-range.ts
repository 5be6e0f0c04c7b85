/** Years that every layer down to PostgreSQL can hold, with room for the arithmetic. */
const DAY = /^[12]\d{3}-\d{2}-\d{2}$/;
const TIME = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

/** Whole UTC days may not roll over: 2026-02-30 is not a day. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const isTime = (text: string) => TIME.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

/** Whether it is a day "2026-05-03", meaning that whole day in UTC, or a time with its zone "2026-05-03T12:00:00Z". */
export const isMoment = (text: string) => isDay(text) || isTime(text);

/** The moment at which a day or time begins. */
export function momentOf(text: string): Date {
  return new Date(isDay(text) ? `${text}T00:00:00Z` : text);
}

/** `from` is included, `before` is not. */
export interface TimeRange {
  readonly from: Date | null;
  readonly before: Date | null;
}

/** A range whose ends are both included: a day as `to` counts to its end in UTC, a time to that very millisecond. */
export function timeRange(from: string | undefined, to: string | undefined): TimeRange {
  return {
    from: from === undefined ? null : momentOf(from),
    before: to === undefined ? null : new Date(momentOf(to).getTime() + (isDay(to) ? DAY_MS : 1)),
  };
}
