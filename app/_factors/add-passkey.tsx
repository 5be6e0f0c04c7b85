"use client";

import { useState } from "react";
import { textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { browserName } from "@/components/operators/browser-name";
import { makePasskey } from "@/components/operators/passkey";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/console/action-result";
import { askForPasskey, keepPasskey } from "./actions";
import { type FactorButtonProps, FactorDialog } from "./factor-dialog";

/** Asks the server, the browser, and the server again. */
async function addPasskey(name: string): Promise<ActionResult<{ recoveryCodes: string[] | null }>> {
  const asked = await askForPasskey();
  if (!asked.ok) return asked;
  const made = await makePasskey(asked.data);
  return made.ok ? keepPasskey({ ...made.data, name }) : made;
}

/** The button and the dialog that bring a passkey: name it, let the browser make it, keep the recovery codes. */
export function AddPasskey({ label, variant = "secondary", className, onDone }: FactorButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} className={className} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <FactorDialog
        open={open}
        onClose={() => setOpen(false)}
        onDone={onDone}
        id="add-passkey"
        title="Add a passkey"
        description="Your device or security key keeps it. It signs you in without a password, too."
        submitLabel="Add passkey"
        action={(form) => addPasskey(textOf(form, "name"))}
      >
        {({ errorOf }) => (
          <Field label="Name" hint="To tell it from your others." error={errorOf("name")}>
            <Input
              name="name"
              required
              autoFocus
              autoComplete="off"
              maxLength={40}
              defaultValue={browserName(navigator.userAgent)}
            />
          </Field>
        )}
      </FactorDialog>
    </>
  );
}
