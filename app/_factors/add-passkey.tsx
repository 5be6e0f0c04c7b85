"use client";

import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { browserName } from "@/components/operators/browser-name";
import { makePasskey } from "@/components/operators/passkey";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/console/action-result";
import { askForPasskey, keepPasskey } from "./actions";
import { RecoveryCodes } from "./recovery-codes";

interface AddPasskeyProps {
  label: string;
  variant?: "primary" | "secondary";
  className?: string;
  /** After everything was shown and the dialog has closed. */
  onDone: () => void;
}

/** Asks the server, the browser, and the server again. */
async function addPasskey(name: string): Promise<ActionResult<{ recoveryCodes: string[] | null }>> {
  const asked = await askForPasskey();
  if (!asked.ok) return asked;
  const made = await makePasskey(asked.data);
  return made.ok ? keepPasskey({ ...made.data, name }) : made;
}

/** The button and the dialog that bring a passkey: name it, let the browser make it, keep the recovery codes. */
export function AddPasskey({ label, variant = "secondary", className, onDone }: AddPasskeyProps) {
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [pending, setPending] = useState(false);
  const close = () => {
    setOpen(false);
    if (codes !== null) onDone();
    setCodes(null);
  };
  return (
    <>
      <Button variant={variant} className={className} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        locked={pending || codes !== null}
        title={codes === null ? "Add a passkey" : "Your recovery codes"}
        description={
          codes === null ? "Your device or security key keeps it. It signs you in without a password, too." : undefined
        }
        footer={
          codes === null ? (
            <>
              <Button onClick={close} disabled={pending}>
                Cancel
              </Button>
              <Button type="submit" form="add-passkey" variant="primary" pending={pending}>
                Add passkey
              </Button>
            </>
          ) : (
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          )
        }
      >
        {codes !== null ? (
          <RecoveryCodes codes={codes} />
        ) : (
          <ActionForm
            id="add-passkey"
            action={(form) => addPasskey(textOf(form, "name"))}
            onPending={setPending}
            onDone={({ recoveryCodes }) => {
              if (recoveryCodes !== null) return setCodes(recoveryCodes);
              setOpen(false);
              onDone();
            }}
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
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}
