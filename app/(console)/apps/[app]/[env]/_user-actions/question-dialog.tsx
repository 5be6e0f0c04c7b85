"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { type ServerApiCall, serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog, type ConfirmDialogProps } from "@/components/ui/confirm-dialog";
import { AtOnceDryRun, type AtOnceKind, useAtOnce } from "./bulk/at-once-dry-run";
import { useWhatComesBack } from "./restore/what-comes-back";
import { AT_ONCE, COPYABLE, type TargetUser, unseenWords, whoText } from "./user-actions";

/** What is asked before an act on users that needs no more than a yes. `single`: one user, by name `who`. */
interface Question {
  readonly kind: AtOnceKind;
  readonly verb: string;
  effect(who: string, single: boolean): string;
  readonly consequences: readonly string[];
  readonly undo: string;
  /** Most users up to whom the act can be copied as a call of the Server API. */
  readonly copyable: number;
  serverCall(userIds: readonly string[]): ServerApiCall;
}

export const QUESTIONS = {
  unban: {
    kind: "unban",
    verb: "Unban",
    effect: (who, single) => `${single ? who : "They"} can connect again at once.`,
    consequences: [],
    undo: "You can undo this right afterwards: a ban then runs to its original end.",
    copyable: COPYABLE,
    serverCall: (userIds) => serverApiCalls.unbanUsers({ userIds }),
  },
  restore: {
    kind: "restore",
    verb: "Restore",
    effect: (_who, single) => (single ? "The ID can be used again." : "The IDs can be used again."),
    consequences: [
      "Erased for good: name, avatar, profile, tags, friends, own blocklist, messages.",
      "Old access tokens stay invalid. Your app server registers the user again to get a new one.",
    ],
    undo: "Only your app server can soft-delete again.",
    copyable: AT_ONCE,
    serverCall: (userIds) => serverApiCalls.restoreUsers({ userIds }),
  },
} as const satisfies Record<string, Question>;

interface QuestionDialogProps<R>
  extends Pick<ConfirmDialogProps<R>, "onClose" | "onConfirm" | "onDone" | "onKept" | "refused"> {
  question: Question;
  users: readonly TargetUser[];
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Asks before ticked users are unbanned, some of whom may be out of sight, and before anybody is restored, since the console cannot take it back. */
export function QuestionDialog<R>({ question, users, ...dialog }: QuestionDialogProps<R>) {
  const { environment } = useEnvironmentScope();
  const ids = users.map((user) => user.userId);
  const single = ids.length === 1;
  const name = whoText(ids);
  const many = useAtOnce(question.kind, users);
  const back = useWhatComesBack(question.kind === "restore" ? users : []);
  return (
    <ConfirmDialog
      {...dialog}
      environment={environment}
      tone="primary"
      title={`${question.verb} ${name}?`}
      effect={question.effect(name, single)}
      consequences={[...unseenWords(users), ...back, ...question.consequences]}
      phrase={many.phrase}
      ready={many.ready}
      undo={question.undo}
      confirmLabel={`${question.verb} ${name}`}
      replaceLabel={`${question.verb} anyway`}
    >
      <AtOnceDryRun run={many} />
      {ids.length <= question.copyable ? <CopyAs call={question.serverCall(ids)} /> : null}
    </ConfirmDialog>
  );
}
