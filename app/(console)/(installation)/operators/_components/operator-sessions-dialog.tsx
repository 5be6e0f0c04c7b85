"use client";

import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { StillReading } from "@/components/failure/still-reading";
import { failureOfThrown } from "@/components/failure/unanswered";
import { SessionList } from "@/components/operators/session-list";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/states";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { endOperatorSession, listOperatorSessions } from "../actions";

interface Props {
  operator: OperatorRow;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Where an operator is signed in; one session can be ended at a time. */
export function OperatorSessionsDialog({ operator, onClose, returnFocusTo }: Props) {
  const sessions = useQuery({
    queryKey: ["operator-sessions", operator.id],
    queryFn: () => listOperatorSessions({ operatorId: operator.id }),
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
      title={`Sessions of ${operator.email}`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {failure !== null ? (
        <ErrorState title="Could not load the sessions" error={failure} onRetry={() => void sessions.refetch()} />
      ) : sessions.data?.ok ? (
        sessions.data.data.length === 0 ? (
          <p className="text-13 text-ink-muted">{operator.name} isn’t signed in anywhere.</p>
        ) : (
          <SessionList
            sessions={sessions.data.data}
            end={(sessionId) => endOperatorSession({ operatorId: operator.id, sessionId })}
            onEnded={() => void sessions.refetch()}
          />
        )
      ) : (
        <StillReading className="text-13 text-ink-muted" />
      )}
    </Dialog>
  );
}
