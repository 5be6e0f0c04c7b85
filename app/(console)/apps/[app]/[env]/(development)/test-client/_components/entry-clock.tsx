import { useClock } from "@/components/ui/time";
import { timeOfDay } from "@/components/ui/time-format";

/** "12:03:07"; the exact moment is in `datetime`. */
export function EntryClock({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()} className="text-ink-muted text-xs">
      {timeOfDay(date, useClock().clock, "second")}
    </time>
  );
}
