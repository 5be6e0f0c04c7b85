import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/time";
import type { OwnSession } from "@/lib/core/operators/list-own-sessions";
import { browserName } from "./browser-name";

/** Where this account is signed in now, latest activity first. */
export function Sessions({ sessions }: { sessions: readonly OwnSession[] }) {
  return (
    <ul aria-label="Open sessions" className="divide-y border-t text-13">
      {sessions.map((session) => (
        <li key={session.id} className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 px-4 py-2">
          <span className="flex items-center gap-2" title={session.userAgent}>
            {browserName(session.userAgent)}
            {session.current ? <Badge tone="accent">This browser</Badge> : null}
          </span>
          <span className="text-ink-muted">
            {session.ip ? `${session.ip}, ` : null}
            active <RelativeTime date={session.lastSeenAt} />, signed in <RelativeTime date={session.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
