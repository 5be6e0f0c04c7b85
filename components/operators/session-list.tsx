"use client";

import { useRouter } from "next/navigation";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import type { OperatorSession } from "@/lib/core/operators/list-sessions";
import { browserName } from "./browser-name";

interface SessionListProps {
  sessions: readonly OperatorSession[];
  end: (sessionId: string) => Promise<ActionResult<unknown>>;
  /** After one has ended; the page is read again as well. */
  onEnded?: () => void;
}

/** Where an operator is signed in now, latest activity first. Each session but the one that looks can be ended. */
export function SessionList({ sessions, end, onEnded }: SessionListProps) {
  return (
    <ul aria-label="Open sessions" className="divide-y border-t text-13">
      {sessions.map((session) => (
        <SessionItem key={session.id} session={session} end={end} onEnded={onEnded} />
      ))}
    </ul>
  );
}

function SessionItem({ session, end, onEnded }: { session: OperatorSession } & Omit<SessionListProps, "sessions">) {
  const router = useRouter();
  const ending = useAction((_: null) => end(session.id));
  const name = browserName(session.userAgent);
  const run = async () => {
    const result = await ending.run(null);
    if (!result.ok) return;
    notify.success("Session ended.");
    onEnded?.();
    router.refresh();
  };
  return (
    <li className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
      <span className="flex items-center gap-2" title={session.userAgent}>
        {name}
        {session.current ? <Badge tone="accent">This browser</Badge> : null}
      </span>
      <span className="ml-auto text-ink-muted">
        {session.ip ? `${session.ip}, ` : null}
        active <RelativeTime date={session.lastSeenAt} />, signed in <RelativeTime date={session.createdAt} />
      </span>
      {session.current ? null : (
        <Button
          size="sm"
          variant="danger-quiet"
          pending={ending.pending}
          aria-label={`End the session of ${name} from ${session.ip || "an unknown address"}`}
          onClick={() => void run()}
        >
          End
        </Button>
      )}
      <ActionErrorAlert error={ending.error} />
    </li>
  );
}
