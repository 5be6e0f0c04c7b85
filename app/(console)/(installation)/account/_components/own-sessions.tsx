"use client";

import { SessionList } from "@/components/operators/session-list";
import type { OperatorSession } from "@/lib/core/operators/list-sessions";
import { endOwnSession } from "../actions";

/** Where this account is signed in now. */
export function OwnSessions({ sessions }: { sessions: readonly OperatorSession[] }) {
  return <SessionList sessions={sessions} end={(sessionId) => endOwnSession({ sessionId })} />;
}
