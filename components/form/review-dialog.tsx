"use client";

import { type FormEvent, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionError, ActionResult } from "@/lib/console/action-result";

/** One thing that differs from what is saved, in words. */
export interface ReviewedChange {
  readonly label: string;
  readonly now: string;
  readonly next: string;
}

interface ReviewDialogProps {
  open: boolean;
  onClose: () => void;
  environment: "development" | "production";
  changes: readonly ReviewedChange[];
  /** Characters of the note. */
  noteMax: number;
  onSave: (note: string) => Promise<ActionResult<{ version: number }>>;
  onSaved: (version: number) => void;
  onRefused?: (error: ActionError) => void;
  /** Reads what somebody else has saved meanwhile; the operator's own choices stay. */
  onReload: () => void;
  /** True while that is read. Saving waits for it: the version on the screen is known to be old. */
  reloading: boolean;
}

/** What changes, from what to what, and why. Closes only when the server has saved it, or when `onRefused` closes it. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { open, onClose, environment, changes, noteMax, onSave, onSaved, onRefused, onReload, reloading } = props;
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
    onSaved(result.data.version);
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      locked={save.pending}
      title="Review changes"
      description={
        <span className="flex items-center gap-2">
          They act at once in <EnvironmentBadge environment={environment} />
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
            Save changes
          </Button>
        </>
      }
    >
      <form id={formId} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
        <table className="w-full text-13">
          <caption className="sr-only">Changes to be saved</caption>
          <thead>
            <tr className="border-b text-left text-ink-muted">
              <th scope="col" className="w-2/5 py-2 pr-3 font-normal">
                What
              </th>
              <th scope="col" className="py-2 pr-3 font-normal">
                Now
              </th>
              <th scope="col" className="py-2 font-normal">
                New
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ label, now, next }) => (
              <tr key={label} className="border-b align-top">
                <th scope="row" className="py-2 pr-3 text-left font-medium">
                  {label}
                </th>
                <td className="py-2 pr-3 text-ink-muted [overflow-wrap:anywhere]">{now}</td>
                <td className="py-2 [overflow-wrap:anywhere]">{next}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Field
          label="Note"
          aside={environment === "production" ? "Required in production" : "Optional"}
          hint="Why. It is kept in the audit log."
          error={noteProblem}
          required={environment === "production"}
        >
          <Textarea value={note} onChange={(event) => setNote(event.target.value)} maxLength={noteMax} rows={2} />
        </Field>
        <ActionErrorAlert
          error={noteProblem ? null : save.error}
          action={
            save.error?.code === "version_conflict" ? (
              <Button
                size="sm"
                onClick={() => {
                  save.reset();
                  onReload();
                }}
              >
                Reload
              </Button>
            ) : undefined
          }
        />
      </form>
    </Dialog>
  );
}
