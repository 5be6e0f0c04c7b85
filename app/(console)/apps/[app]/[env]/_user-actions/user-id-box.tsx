"use client";

import { useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { useAction } from "@/components/form/use-action";
import { UserPicker } from "@/components/form/user-picker";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { isSuggestedUser } from "@/components/users/user-suggestions";
import { UserIdSchema } from "@/lib/core/users/schema";
import type { UserIdDialogProps } from "./user-id-dialog";

const NO_SUCH_USER = {
  code: "user_not_found",
  message: "No such user. Choose one by ID or name.",
  requestId: "",
  field: "userId",
} as const;

/** What a UserIdDialog shows, which is loaded when it opens. */
export function UserIdBox<R>({
  title,
  description,
  submitLabel,
  tone,
  hint,
  onSubmit,
  onDone,
  refusalOf,
  call,
  onClose,
  returnFocusTo,
}: UserIdDialogProps<R>) {
  const { environment, base } = useEnvironmentScope();
  const [otherId, setOtherId] = useState("");
  const [chosen, setChosen] = useState("");
  const [wrong, setWrong] = useState<string>();
  const act = useAction<string, R>(async (userId) =>
    (await isSuggestedUser(base, userId)) ? onSubmit(userId) : { ok: false, error: NO_SUCH_USER },
  );
  const atField = act.error?.field === NO_SUCH_USER.field;
  const id = otherId.trim();

  const submit = async () => {
    const parsed = UserIdSchema.safeParse(id);
    setWrong(parsed.success ? undefined : parsed.error.issues[0]?.message);
    if (!parsed.success) return;
    const result = await act.run(id);
    if (!result.ok) return;
    const refusal = refusalOf?.(result.data);
    if (refusal !== undefined) {
      setWrong(refusal);
      return;
    }
    onClose();
    onDone(id, result.data);
  };

  return (
    <FormDialog
      size="sm"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={title}
      description={description}
      submitLabel={submitLabel}
      tone={tone}
      pending={act.pending}
      onSubmit={submit}
    >
      <Field label="User ID" required error={wrong ?? (atField ? act.error?.message : undefined)} hint={hint}>
        <UserPicker
          base={base}
          value={chosen}
          note="room"
          autoFocus
          onType={(text) => {
            setOtherId(text);
            setWrong(undefined);
            act.reset();
          }}
          onChange={(userId) => {
            setChosen(userId);
            setOtherId(userId);
          }}
        />
      </Field>
      {id === "" ? null : <CopyAs call={call(id)} />}
      <ActionErrorAlert error={atField ? null : act.error} />
    </FormDialog>
  );
}
