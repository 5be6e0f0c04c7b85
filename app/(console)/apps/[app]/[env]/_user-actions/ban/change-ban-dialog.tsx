"use client";

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { useAheadMs } from "@/components/ui/environment-time";
import { notify } from "@/components/ui/notify";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { localTime, readersClock } from "@/components/ui/time-format";
import type { BanRow } from "@/lib/core/bans/list-schema";
import { banUsersAction } from "../actions";
import { seenBans } from "../user-actions";
import { endsSentence } from "./ban-length";
import { BanReasonField } from "./ban-reason-field";
import { KEEP_END, newEndOf } from "./new-end";
import { NewEndField } from "./new-end-field";
import type { UndoBans } from "./use-undo-bans";

interface ChangeBanDialogProps {
  userId: string;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** The server has changed something, or somebody else has. */
  onChanged: () => void;
  undo: UndoBans;
}

/** The ban as JSON gives it. */
type RunningBan = Omit<BanRow, "endsAt" | "startsAt" | "lifted"> & { readonly endsAt: string };

/** Changes end and reason of a running ban, beginning with what they are now. */
export function ChangeBanDialog(props: ChangeBanDialogProps) {
  const { userId, returnFocusTo, onClose, onChanged } = props;
  const { scope } = useEnvironmentScope();
  const path = `/api/apps/${scope.app}/${scope.env}/users/${encodeURIComponent(userId)}/ban`;
  const { data, error, refetch } = useQuery({
    queryKey: ["users", scope.app, scope.env, "ban", userId],
    queryFn: ({ signal }) => fetchJson<RunningBan | null>(path, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data) return <ChangeRunningBan {...props} ban={data} />;
  const over = () => {
    onClose();
    onChanged();
  };
  return (
    <Dialog
      title={`Change ban of ${userId}`}
      onClose={data === null ? over : onClose}
      returnFocusTo={returnFocusTo}
      footer={<Button onClick={data === null ? over : onClose}>Close</Button>}
    >
      {error ? (
        <ErrorState
          title="Could not load the ban"
          error={failureOfThrown(error, "read")}
          onRetry={() => void refetch()}
        />
      ) : data === null ? (
        <p role="status">{userId} is no longer banned.</p>
      ) : (
        <Skeleton className="h-24" />
      )}
    </Dialog>
  );
}

function ChangeRunningBan({
  userId,
  returnFocusTo,
  onClose,
  onChanged,
  undo,
  ban,
}: ChangeBanDialogProps & { ban: RunningBan }) {
  const { scope, environment } = useEnvironmentScope();
  const [change, setChange] = useState(KEEP_END);
  const [reason, setReason] = useState(ban.reason);
  const oldEnd = new Date(ban.endsAt);
  const clock = readersClock();
  const newEnd = newEndOf(change, oldEnd, clock, Date.now() + useAheadMs());
  const required = environment === "production";
  const same = newEnd?.getTime() === oldEnd.getTime() && reason.trim() === ban.reason;
  return (
    <ConfirmDialog
      onClose={onClose}
      onKept={onChanged}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Change ban of ${userId}`}
      effect={
        <>
          Banned by {ban.by.name}. Ends {localTime(oldEnd)}.
        </>
      }
      confirmLabel="Change ban"
      ready={newEnd !== null && !same && !(required && reason.trim() === "")}
      onConfirm={(conflict) =>
        banUsersAction(scope, {
          userIds: [userId],
          until: newEnd ?? oldEnd,
          reason: reason.trim(),
          seen: seenBans([{ userId, bannedUntil: oldEnd, banId: ban.id }], conflict),
        })
      }
      onDone={({ banned, until, steps }) => {
        onChanged();
        if (banned.length === 0) notify.failure(`${userId} is no longer registered.`);
        else {
          notify.success(`Ban of ${userId} changed.`, {
            description: `Ends ${localTime(until)} instead of ${localTime(oldEnd)}.`,
            action: { label: "Undo", onClick: () => void undo(steps) },
          });
        }
      }}
    >
      <NewEndField value={change} onChange={setChange} oldEnd={oldEnd} />
      <p role="status" className="font-medium text-13">
        {newEnd === null
          ? "Choose an end in the next 30 days."
          : newEnd.getTime() === oldEnd.getTime()
            ? `${endsSentence(oldEnd.getTime(), clock)}, unchanged`
            : `${localTime(oldEnd)} → ${endsSentence(newEnd.getTime(), clock).replace("Ends ", "")}`}
      </p>
      <BanReasonField value={reason} onChange={setReason} required={required} />
    </ConfirmDialog>
  );
}
