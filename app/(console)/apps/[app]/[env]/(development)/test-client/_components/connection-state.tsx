import { Badge, type Tone } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { endWords } from "./code-words";
import type { SessionState, SessionView } from "./test-session";

const WORDS: Readonly<Record<SessionState, string>> = {
  idle: "Not connected",
  connecting: "Connecting",
  connected: "Connected",
  suspended: "Suspended",
  disconnected: "Disconnected",
};
const TONES: Readonly<Record<SessionState, Tone>> = {
  idle: "neutral",
  connecting: "accent",
  connected: "ok",
  suspended: "warn",
  disconnected: "neutral",
};
const OWN_DISCONNECT = 2;
const ORIGIN_REFUSED = 31022;

/** The connection in a word and, when it ended, the code and what it means. Read out as it changes. */
export function ConnectionState({ view, base }: { view: SessionView; base: string }) {
  const { state, userId, code } = view;
  const cut = state === "disconnected" && code !== OWN_DISCONNECT;
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-ink-muted">
      <Badge tone={cut ? "danger" : TONES[state]}>{WORDS[state]}</Badge>
      <span className="[overflow-wrap:anywhere]">
        {state === "idle" ? "Connect issues a token." : null}
        {state === "connecting" || state === "connected" ? `as ${userId}` : null}
        {state === "suspended" ? `${userId}: ${endWords(code)} (${code}). Reconnecting.` : null}
        {state === "disconnected" ? `${userId}: ${endWords(code)} (${code}).` : null}
      </span>
      {cut && code === ORIGIN_REFUSED ? (
        <Link
          href={`${base}/chat/settings#logins-and-devices`}
          className="font-medium text-accent-ink underline [overflow-wrap:anywhere]"
        >
          Add {typeof window === "undefined" ? "it" : window.location.origin} to Allowed web origins
        </Link>
      ) : null}
    </div>
  );
}
