"use client";

import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { NewPasswordField } from "@/components/operators/new-password-field";
import { Button } from "@/components/ui/button";
import { makeAndSignIn } from "../../../_components/sign-in";
import { acceptInvitation } from "../actions";

/** Creates the invited operator and signs them in. */
export function AcceptForm({ secret, email }: { secret: string; email: string }) {
  return (
    <ActionForm
      action={(form) => {
        const password = textOf(form, "password");
        return makeAndSignIn(password, () => acceptInvitation({ secret, name: textOf(form, "name"), password }));
      }}
      onDone={() => window.location.assign("/")}
    >
      {({ pending, errorOf }) => (
        <>
          <Field label="E-mail" hint="The invitation is for this address.">
            <Input name="email" type="email" autoComplete="username" value={email} readOnly className="h-9" />
          </Field>
          <Field label="Your name" hint="The audit log shows it." error={errorOf("name")}>
            <Input name="name" autoComplete="name" required autoFocus maxLength={64} className="h-9" />
          </Field>
          <NewPasswordField name="password" label="Password" error={errorOf("password")} className="h-9" />
          <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 w-full">
            Accept invitation
          </Button>
        </>
      )}
    </ActionForm>
  );
}
