"use client";

import { type FormEvent, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { ChangesTable } from "@/components/form/changes-table";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ReviewDialogProps } from "./review-dialog";

/** What a ReviewDialog shows, which is loaded when it opens. */
export function ReviewBox<R>(props: ReviewDialogProps<R>) {
  const { open, onClose, environment, changes, noteMax, onSave, onSaved, onRefused, onReload, onKeep, reloading } =
    props;
  const { title = "Review changes", saveLabel = "Save changes", returnFocusTo, children } = props;
  const formId = useId();
  const [note, setNote] = useState("");
  const save = useAction(onSave);
  const noteProblem = save.error?.field === "note" ? save.error.message : undefined;
  const close = () => {
    save.reset();
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reloading) return;
    const result = await save.run(note);
    if (!result.ok) {
      onRefused?.(result.error);
      return;
    }
    setNote("");
    onClose();
    onSaved(result.data);
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      locked={save.pending}
      title={title}
      returnFocusTo={returnFocusTo}
      description={
        <span className="flex items-center gap-2">
          They apply at once in <EnvironmentBadge environment={environment} />
        </span>
      }
      footer={
        <>
          <Button disabled={save.pending} onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            pending={save.pending || reloading}
            disabled={changes.length === 0}
          >
            {saveLabel}
          </Button>
        </>
      }
    >
      <form id={formId} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
        {changes.length > 0 ? (
          <ChangesTable caption="Changes to save" heads={["Now", "New"]} changes={changes} />
        ) : null}
        {children}
        <Field
          label="Note"
          aside={environment === "production" ? "required in Production" : "optional"}
          hint="Why? The audit log keeps it."
          error={noteProblem}
          required={environment === "production"}
        >
          <Textarea value={note} onChange={(event) => setNote(event.target.value)} maxLength={noteMax} rows={2} />
        </Field>
        <ActionErrorAlert
          error={noteProblem ? null : save.error}
          action={
            save.error?.code === "version_conflict" ? (
              <div className="flex flex-wrap gap-2">
                <Button
                  size="sm"
                  onClick={() => {
                    close();
                    onKeep();
                  }}
                >
                  Keep theirs
                </Button>
                <Button
                  size="sm"
                  onClick={() => {
                    save.reset();
                    onReload();
                  }}
                >
                  Compare
                </Button>
              </div>
            ) : undefined
          }
        />
      </form>
    </Dialog>
  );
}
