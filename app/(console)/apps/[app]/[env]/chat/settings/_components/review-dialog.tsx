"use client";

import { type FormEvent, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/console/action-result";
import {
  SETTINGS,
  SETTINGS_NOTE_MAX,
  type SettingKey,
  type Settings,
  settingChangeText,
  settingValueText,
} from "@/lib/core/settings/schema";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  environment: "development" | "production";
  keys: readonly SettingKey[];
  saved: Settings;
  values: Settings;
  onSave: (note: string) => Promise<ActionResult<{ version: number }>>;
  onSaved: (version: number) => void;
  /** Reads what somebody else has saved meanwhile; the admin's own choices stay. */
  onReload: () => void;
  /** True while that is read. Saving waits for it: the version on the screen is known to be old. */
  reloading: boolean;
}

/** Old and new value of each change, and why. Closes only when the server has saved them. */
export function ReviewDialog({
  open,
  onOpenChange,
  environment,
  keys,
  saved,
  values,
  onSave,
  onSaved,
  onReload,
  reloading,
}: Props) {
  const formId = useId();
  const [note, setNote] = useState("");
  const save = useAction(onSave);
  const noteProblem = save.error?.field === "note" ? save.error.message : undefined;
  const close = (next: boolean) => {
    save.reset();
    onOpenChange(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reloading) return;
    const result = await save.run(note);
    if (!result.ok) return;
    setNote("");
    onOpenChange(false);
    onSaved(result.data.version);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      locked={save.pending}
      title="Review changes"
      description={
        <span className="flex items-center gap-2">
          They act at once in <EnvironmentBadge environment={environment} />
        </span>
      }
      footer={
        <>
          <Button disabled={save.pending} onClick={() => close(false)}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            pending={save.pending || reloading}
            disabled={keys.length === 0}
          >
            Save changes
          </Button>
        </>
      }
    >
      <form id={formId} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
        <table className="w-full table-fixed text-13">
          <caption className="sr-only">Changes to be saved</caption>
          <thead>
            <tr className="border-b text-left text-ink-muted">
              <th scope="col" className="py-2 pr-3 font-normal">
                Setting
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
            {keys.map((key) => (
              <tr key={key} className="border-b align-top">
                <th scope="row" className="py-2 pr-3 text-left font-medium">
                  {SETTINGS.find((setting) => setting.key === key)?.label}
                </th>
                <td className="py-2 pr-3 text-ink-muted [overflow-wrap:break-word]">
                  {settingValueText(key, saved[key])}
                </td>
                <td className="py-2 [overflow-wrap:break-word]">{settingChangeText(key, saved[key], values[key])}</td>
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
          <Textarea
            value={note}
            onChange={(event) => setNote(event.target.value)}
            maxLength={SETTINGS_NOTE_MAX}
            rows={2}
          />
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
