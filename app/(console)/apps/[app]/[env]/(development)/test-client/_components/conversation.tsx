"use client";

import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { Entry } from "./entries";
import { EntryClock } from "./entry-clock";
import { useStickToEnd } from "./use-stick-to-end";

/** What the user said, heard and asked for, newest last. */
export function Conversation({ entries, who, base }: { entries: readonly Entry[]; who: string; base: string }) {
  const box = useStickToEnd(entries);
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="font-medium text-13">Conversation</h3>
      <div
        ref={box}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
        aria-label={`Conversation of ${who}`}
        data-state={entries.length === 0 ? "empty" : "ready"}
        className="focus-inset h-56 overflow-y-auto rounded-lg border bg-sunken p-2"
      >
        {entries.length === 0 ? (
          <p className="p-2 text-13 text-ink-muted">Nothing yet. Connect to get the messages of the last seven days.</p>
        ) : (
          <ul className="flex flex-col gap-1.5">
            {entries.map((entry) => (
              <li key={entry.id} className={cn("flex", entry.kind === "sent" && "justify-end")}>
                <EntryBox entry={entry} base={base} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

const boxStyles = "max-w-[90%] rounded-md border px-2.5 py-1.5 text-13 [overflow-wrap:anywhere]";
const smallStyles = "flex flex-wrap items-baseline gap-x-1.5 text-ink-muted text-xs";

function EntryBox({ entry, base }: { entry: Entry; base: string }) {
  if (entry.kind === "call" || entry.kind === "event") {
    const refused = entry.kind === "call" && !entry.ok;
    return (
      <p className={cn("px-1 text-13", refused ? "text-danger-ink" : "text-ink-muted")}>
        <EntryClock at={entry.at} /> {entry.text}
        {refused ? ` (${entry.code})` : ""}
      </p>
    );
  }
  if (entry.kind === "received") {
    return (
      <div className={cn(boxStyles, "bg-surface")}>
        <p className={smallStyles}>
          <span>
            From {entry.from}
            {entry.groupId === null ? "" : ` in group ${entry.groupId}`}
          </span>
          <EntryClock at={entry.at} />
        </p>
        <p>{entry.text}</p>
      </div>
    );
  }
  const refused = entry.state === "refused";
  return (
    <div
      className={cn(boxStyles, refused ? "border-danger-line bg-danger-soft" : "border-transparent bg-accent-soft")}
      data-state={entry.state}
    >
      <p className={smallStyles}>
        <span>To {entry.to}</span>
        <EntryClock at={entry.at} />
        <span className={refused ? "font-medium text-danger-ink" : ""}>
          {entry.state === "sending" ? "Sending" : refused ? `Refused (${entry.code})` : "Sent"}
        </span>
      </p>
      <p>{entry.text}</p>
      {refused ? (
        <p className="text-danger-ink">
          {entry.words} <RefusalLink code={entry.code ?? 0} base={base} />
        </p>
      ) : null}
    </div>
  );
}

const FRIENDS_ONLY = 25469;

/** Where the refusal of a message comes from, when that is a setting. */
function RefusalLink({ code, base }: { code: number; base: string }) {
  if (code !== FRIENDS_ONLY) return null;
  return (
    <Link href={`${base}/chat/settings#friend`} target="_blank" className="font-medium underline">
      Open the setting
    </Link>
  );
}
