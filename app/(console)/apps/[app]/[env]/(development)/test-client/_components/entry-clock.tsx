const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** "12:03:07" in the reader's zone; the exact moment is in `datetime`. Entries exist in the browser only. */
export function EntryClock({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()} className="text-ink-muted text-xs">
      {clock.format(date)}
    </time>
  );
}
