"use client";

import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { sendPasswordLink } from "../actions";

/** Asks for a link to a new password. What it says afterwards is the same for every address. */
export function ForgottenForm({ onBack }: { onBack: () => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-3">
      {sentTo === null ? (
        <ActionForm
          unguarded
          action={async (form) => {
            const email = textOf(form, "email");
            const sent = await sendPasswordLink({ email });
            return sent.ok ? { ok: true, data: email } : sent;
          }}
          onDone={setSentTo}
        >
          {({ pending, errorOf }) => (
            <>
              <Field label="E-mail" error={errorOf("email")}>
                <Input name="email" type="email" autoComplete="username" required autoFocus className="h-9" />
              </Field>
              <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 w-full">
                Send link
              </Button>
            </>
          )}
        </ActionForm>
      ) : (
        <Alert tone="info" role="status">
          If an operator has the address {sentTo}, a link to a new password is on its way there.
        </Alert>
      )}
      <Button variant="ghost" onClick={onBack}>
        Back
      </Button>
    </div>
  );
}
