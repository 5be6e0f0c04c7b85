"use client";

import { useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { localTime } from "@/components/ui/time-format";
import { notify } from "@/components/ui/toaster";
import type { ClosedConnections } from "@/lib/core/presence/confirm-closed";
import { awaitOfflineAction, banUsersAction } from "../actions";
import { actOnUsers } from "../bulk/act-on-users";
import { closedConnectionsText } from "../closed-connections";
import { COPYABLE, seenBans, type UserActionDialogProps, unseenWords, whoText } from "../user-actions";
import { endsSentence, parseBanMinutes } from "./ban-length";
import { BanLengthField } from "./ban-length-field";
import { BanReasonField } from "./ban-reason-field";
import { changedFailures, type UndoBans } from "./use-undo-bans";

/** Asks how long and why, and afterwards says for each user what became of it. */
export function BanDialog(props: UserActionDialogProps & { undo: UndoBans }) {
  const { users, returnFocusTo, onClose, onReport, onChanged, undo } = props;
  const { scope, environment } = useEnvironmentScope();
  const [length, setLength] = useState("1440");
  const [reason, setReason] = useState("");
  const [openedAt] = useState(() => Date.now());
  const name = whoText(users.map(({ userId }) => userId));
  const minutes = parseBanMinutes(length);
  const reasonMissing = environment === "production" && reason.trim() === "";
  const banned = users.filter((user) => user.bannedUntil).length;

  const consequences = [
    ...unseenWords(users),
    ...(users.length > 1
      ? [
          banned > 0
            ? `${plural(banned, "of them is", "of them are")} banned already. This ban replaces theirs.`
            : "This ban replaces any they have.",
        ]
      : []),
  ];

  /** Asked once for all of them, so that it takes two seconds at most. Without an answer nothing was seen. */
  const seenClosed = async (found: number, userIds: readonly string[]): Promise<ClosedConnections> => {
    if (found === 0) return { found, closed: 0 };
    const answer = await awaitOfflineAction(scope, { userIds: [...userIds] });
    return { found, closed: answer.ok ? Math.max(0, found - answer.data.open) : 0 };
  };

  return (
    <ConfirmDialog
      onClose={onClose}
      onKept={onChanged}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Ban ${name}?`}
      effect={`${users.length === 1 ? name : "They"} can’t connect until the ban ends. Open connections close at once.`}
      consequences={consequences}
      undo="You can unban at any time. Access tokens then work again."
      confirmLabel={`Ban ${name}`}
      ready={minutes !== null && !reasonMissing}
      onConfirm={async (conflict) => {
        const banned = await actOnUsers(
          users.map((user) => user.userId),
          (userIds) =>
            banUsersAction(scope, {
              userIds,
              durationMinutes: minutes ?? 0,
              reason: reason.trim(),
              seen: seenBans(users, conflict),
            }),
          (answer) => [
            ...changedFailures(answer.changed),
            ...answer.unknown.map((userId) => ({
              userId,
              reason: "Not registered here, or soft-deleted.",
            })),
          ],
        );
        if (!banned.ok) return banned;
        const { connections: found } = banned.data.answer;
        return { ok: true, data: { ...banned.data, connections: await seenClosed(found, banned.data.done) } };
      }}
      onDone={({ done, failed, answer, connections }) => {
        onChanged();
        const effect = closedConnectionsText(connections);
        if (failed.length > 0) {
          onReport({ verb: "banned", done: done.length, failed, effect });
          return;
        }
        notify.success(`${name} banned until ${localTime(new Date(answer.until))}.`, {
          description: effect,
          action: { label: "Undo", onClick: () => void undo(answer.steps) },
        });
      }}
    >
      <BanLengthField value={length} onChange={setLength} />
      <p role="status" className="font-medium text-13">
        {minutes === null ? "A ban lasts from 1 minute to 30 days." : endsSentence(openedAt + minutes * 60_000)}
      </p>
      <BanReasonField value={reason} onChange={setReason} required={environment === "production"} />
      {users.length <= COPYABLE && minutes !== null ? (
        <CopyAs
          call={serverApiCalls.banUsers({ userIds: users.map(({ userId }) => userId), durationMinutes: minutes })}
        />
      ) : null}
    </ConfirmDialog>
  );
}
