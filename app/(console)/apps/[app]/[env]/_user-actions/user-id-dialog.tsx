"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import type { ServerApiCall } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { useAction } from "@/components/form/use-action";
import { UserPicker } from "@/components/form/user-picker";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { isSuggestedUser } from "@/components/users/user-suggestions";
import type { ActionResult } from "@/lib/console/action-result";
import { UserIdSchema } from "@/lib/core/users/schema";

interface UserIdDialogProps<R> {
  title: string;
  description: ReactNode;
  /** Verb and object: "Add friend". */
  submitLabel: string;
  tone?: "primary" | "danger";
  hint?: ReactNode;
  onSubmit: (otherId: string) => Promise<ActionResult<R>>;
  /** After the server has agreed; the dialog has closed. */
  onDone: (otherId: string, data: R) => void;
  /** What the field says instead of closing, when the answer shows that the id names nobody. */
  refusalOf?: (data: R) => string | undefined;
  /** The same as a call of the Server API. */
  call: (otherId: string) => ServerApiCall;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

const NO_SUCH_USER = {
  code: "user_not_found",
  message: "No such user. Choose one by ID or name.",
  requestId: "",
  field: "userId",
} as const;

/** Asks for another user to do something with. A refusal stands at the field; what was typed stays. */
export function UserIdDialog<R>({
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
