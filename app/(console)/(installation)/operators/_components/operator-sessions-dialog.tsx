"use client";

import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { StillReading } from "@/components/failure/still-reading";
import { failureOfThrown } from "@/components/failure/unanswered";
import { SessionList } from "@/components/operators/session-list";
import { TokenList } from "@/components/operators/token-list";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/states";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { endOperatorSession, listOperatorSessions, listOperatorTokens, revokeOperatorToken } from "../actions";

interface Props {
  operator: OperatorRow;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Where an operator is signed in, and what acts for them: each session and token can be ended. */
export function OperatorSessionsDialog({ operator, onClose, returnFocusTo }: Props) {
  const sessions = useQuery({
    queryKey: ["operator-sessions", operator.id],
    queryFn: async () => {
      const [sessions, tokens] = [
        await listOperatorSessions({ operatorId: operator.id }),
        await listOperatorTokens({ operatorId: operator.id }),
      ];
      if (!sessions.ok) return sessions;
      return tokens.ok ? { ok: true as const, data: { sessions: sessions.data, tokens: tokens.data } } : tokens;
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const failure = sessions.isError
    ? failureOfThrown(sessions.error, "read")
    : sessions.data?.ok === false
      ? sessions.data.error
      : null;
  return (
    <Dialog
      open
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      title={`Sessions and tokens of ${operator.email}`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {failure !== null ? (
        <ErrorState title="Could not load them" error={failure} onRetry={() => void sessions.refetch()} />
      ) : sessions.data?.ok ? (
        <div className="flex flex-col gap-4">
          {sessions.data.data.sessions.length === 0 ? (
            <p className="text-13 text-ink-muted">{operator.name} isn’t signed in anywhere.</p>
          ) : (
            <SessionList
              sessions={sessions.data.data.sessions}
              end={(sessionId) => endOperatorSession({ operatorId: operator.id, sessionId })}
              onEnded={() => void sessions.refetch()}
            />
          )}
          {sessions.data.data.tokens.length === 0 ? (
            <p className="text-13 text-ink-muted">{operator.name} has no tokens.</p>
          ) : (
            <TokenList
              tokens={sessions.data.data.tokens}
              revoke={(tokenId) => revokeOperatorToken({ operatorId: operator.id, tokenId })}
              onRevoked={() => void sessions.refetch()}
            />
          )}
        </div>
      ) : (
        <StillReading className="text-13 text-ink-muted" />
      )}
    </Dialog>
  );
}
