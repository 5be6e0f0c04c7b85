"use client";

import { useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAheadMs } from "@/components/ui/environment-time";
import { readersClock } from "@/components/ui/time-format";
import { AtOnceDryRun, useAtOnce } from "../bulk/at-once-dry-run";
import { useOpenConnections } from "../open-connections";
import { COPYABLE, type UserActionDialogProps, unseenWords, whoText } from "../user-actions";
import { endsSentence, parseBanMinutes } from "./ban-length";
import { BanLengthField } from "./ban-length-field";
import { BanReasonField } from "./ban-reason-field";
import { useBan } from "./use-ban";
import type { UndoBans } from "./use-undo-bans";

/** Asks how long and why, and afterwards says for each user what became of it. */
export function BanDialog(props: UserActionDialogProps & { undo: UndoBans }) {
  const { users, returnFocusTo, onClose, onReport, onChanged, undo } = props;
  const { environment } = useEnvironmentScope();
  const [length, setLength] = useState("1440");
  const [reason, setReason] = useState("");
  const aheadMs = useAheadMs();
  const [openedAt] = useState(() => Date.now() + aheadMs);
  const name = whoText(users.map(({ userId }) => userId));
  const minutes = parseBanMinutes(length);
  const reasonMissing = environment === "production" && reason.trim() === "";
  const terms = { durationMinutes: minutes ?? 0, reason: reason.trim() };
  const { call, tell } = useBan({ onChanged, onReport, undo });
  const many = useAtOnce("ban", users);
  const connections = useOpenConnections(users, "close");

  return (
    <ConfirmDialog
      onClose={onClose}
      onKept={onChanged}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Ban ${name}?`}
      effect={`${users.length === 1 ? name : "They"} can’t connect until the ban ends.`}
      consequences={[...unseenWords(users), ...connections]}
      undo="You can unban at any time. Access tokens then work again."
      confirmLabel={`Ban ${name}`}
      phrase={many.phrase}
      ready={minutes !== null && !reasonMissing && many.ready}
      onConfirm={(conflict) => call(users, terms, conflict)}
      onDone={(outcome) => tell(terms, outcome)}
    >
      <AtOnceDryRun run={many} />
      <BanLengthField value={length} onChange={setLength} />
      <p role="status" className="font-medium text-13">
        {minutes === null
          ? "A ban lasts from 1 minute to 30 days."
          : endsSentence(openedAt + minutes * 60_000, readersClock())}
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
