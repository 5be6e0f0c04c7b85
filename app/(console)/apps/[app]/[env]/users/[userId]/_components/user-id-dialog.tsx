"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import type { ServerApiCall } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { ActionResult } from "@/lib/console/action-result";
import { UserIdSchema } from "@/lib/core/users/schema";

interface UserIdDialogProps<R> {
  title: string;
  description: ReactNode;
  /** Verb and object: "Add friend". */
  submitLabel: string;
  tone?: "primary" | "danger";
  hint: ReactNode;
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

/** Asks for the id of another user to do something with. A refusal stands at the field; what was typed stays. */
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
  const { environment } = useEnvironmentScope();
  const [otherId, setOtherId] = useState("");
  const [wrong, setWrong] = useState<string>();
  const act = useAction(onSubmit);
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
      <Field label="User ID" required error={wrong} hint={hint}>
        <Input
          value={otherId}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono"
          onChange={(event) => setOtherId(event.target.value)}
        />
      </Field>
      {id === "" ? null : <CopyAs call={call(id)} />}
      <ActionErrorAlert error={act.error} />
    </FormDialog>
  );
}
