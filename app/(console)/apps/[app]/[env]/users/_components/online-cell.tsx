import { plural } from "@/components/ui/time-format";

/** Whether a user has a live connection: a dot and the word, and on how many devices. */
export function OnlineText({ connections }: { connections: number }) {
  if (connections === 0) return <span className="text-ink-muted">Offline</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="size-2 rounded-full bg-ok-ink" />
      Online
      {connections > 1 ? <span className="text-ink-muted">{plural(connections, "device")}</span> : null}
    </span>
  );
}
