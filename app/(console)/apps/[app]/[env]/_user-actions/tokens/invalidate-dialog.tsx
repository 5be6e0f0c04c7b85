"use client";

import { useState } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAheadMs } from "@/components/ui/environment-time";
import { notify } from "@/components/ui/notify";
import { localTime } from "@/components/ui/time-format";
import { invalidateTokensAction } from "../actions";
import { actOnUsers } from "../bulk/act-on-users";
import { AtOnceDryRun, useAtOnce } from "../bulk/at-once-dry-run";
import { DisconnectField } from "../disconnect-field";
import { doneWords } from "../done-words";
import { useOpenConnections } from "../open-connections";
import { COPYABLE, type UserActionDialogProps, unseenWords, whoText } from "../user-actions";

/** Asks before all access tokens issued so far are refused, and afterwards gives the moment. */
export function InvalidateDialog({ users, returnFocusTo, onClose, onReport, onChanged }: UserActionDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const single = users.length === 1;
  const aheadMs = useAheadMs();
  const [openedAt] = useState(() => Date.now() + aheadMs);
  const name = whoText(users.map(({ userId }) => userId));
  const place = useApiPlace();
  const many = useAtOnce("invalidate_tokens", users);
  const [disconnect, setDisconnect] = useState(true);
  const connections = useOpenConnections(users, disconnect ? "close" : "stay");
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Invalidate the tokens of ${name}?`}
      effect={`${single ? name : "They"} can’t connect with an access token issued before now.`}
      consequences={[...unseenWords(users), ...connections]}
      phrase={many.phrase}
      ready={many.ready}
      undo="This cannot be undone. Your app server must issue new tokens."
      confirmLabel={`Invalidate tokens of ${name}`}
      onConfirm={() =>
        actOnUsers(
          users.map((user) => user.userId),
          (userIds) => invalidateTokensAction(scope, { userIds, disconnect }),
          (answer) => {
            const known = new Set(answer.userIds);
            return users
              .filter(({ userId }) => !known.has(userId))
              .map(({ userId }) => ({ userId, reason: "Not registered here, or soft-deleted." }));
          },
        )
      }
      onDone={({ done, failed, answer }) => {
        onChanged();
        if (failed.length > 0) {
          onReport({ verb: "done", done: done.length, failed });
          return;
        }
        notify.success(`Tokens of ${name} invalidated.`, {
          description: doneWords(
            `Tokens issued before ${localTime(new Date(answer.validFrom), "second")} are refused.`,
            place,
            done.length > COPYABLE
              ? null
              : serverApiCalls.expireAccessToken({ userIds: done, expiresAt: new Date(answer.validFrom).getTime() }),
          ),
        });
      }}
    >
      <AtOnceDryRun run={many} connections={disconnect ? "close" : "stay"} />
      <DisconnectField checked={disconnect} onChange={setDisconnect} />
      {users.length <= COPYABLE ? (
        <CopyAs
          call={serverApiCalls.expireAccessToken({ userIds: users.map(({ userId }) => userId), expiresAt: openedAt })}
        />
      ) : null}
    </ConfirmDialog>
  );
}
