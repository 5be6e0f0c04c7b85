"use client";

import { type RefObject, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import { GroupNicknameSchema } from "@/lib/core/groups/schema";
import { setMemberAction } from "./actions";
import type { Membership } from "./membership-actions";

export interface MembershipDialogProps {
  membership: Membership;
  onClose: () => void;
  /** After the server has changed it. */
  onDone: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Sets or clears what a group shows of a member instead of the name. */
export function NicknameDialog({ membership, onClose, onDone, returnFocusTo }: MembershipDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const { groupId, userId } = membership;
  const [nickname, setNickname] = useState(membership.nickname);
  const [wrong, setWrong] = useState<string>();
  const save = useAction((input: { nickname: string; seen: { nickname: string } }) =>
    setMemberAction(scope, { groupId, userId, ...input }),
  );
  const conflict = save.error?.conflict;

  const submit = async () => {
    const parsed = GroupNicknameSchema.safeParse(nickname);
    setWrong(parsed.success ? undefined : parsed.error.issues[0]?.message);
    if (!parsed.success) return;
    const seen = (conflict?.current as { nickname: string } | undefined) ?? { nickname: membership.nickname };
    const result = await save.run({ nickname, seen });
    if (!result.ok) return;
    onClose();
    onDone();
    notify.success(nickname === "" ? `${userId} has no nickname in ${groupId}.` : `Nickname of ${userId} saved.`);
  };

  return (
    <FormDialog
      size="sm"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Nickname of ${userId}`}
      description={`Members of ${groupId} see it instead of the name.`}
      submitLabel="Save nickname"
      ready={nickname !== membership.nickname}
      pending={save.pending}
      onKept={conflict ? onDone : undefined}
      onSubmit={submit}
    >
      <Field label="Nickname" error={wrong} hint="Leave it empty to show the name.">
        <Input value={nickname} autoFocus autoComplete="off" onChange={(event) => setNickname(event.target.value)} />
      </Field>
      {nickname === membership.nickname ? null : (
        <CopyAs call={serverApiCalls.setGroupMember({ channelId: groupId, userId, nickname })} />
      )}
      <ActionErrorAlert error={save.error} />
    </FormDialog>
  );
}
