"use client";

import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { NewPasswordField } from "@/components/operators/new-password-field";
import { Button } from "@/components/ui/button";
import { makeAndSignIn } from "../../../_components/sign-in";
import { choosePassword } from "../actions";

/** Sets the new password and signs in with it; whoever has a second factor goes on at the sign-in page. */
export function ResetForm({ secret, name, email }: { secret: string; name: string; email: string }) {
  return (
    <ActionForm
      action={(form) => {
        const password = textOf(form, "password");
        return makeAndSignIn(password, () => choosePassword({ secret, password }));
      }}
      onDone={() => window.location.assign("/")}
    >
      {({ pending, errorOf }) => (
        <>
          <Field label="E-mail">
            <Input name="email" type="email" autoComplete="username" value={email} readOnly className="h-9" />
          </Field>
          <input type="hidden" name="name" value={name} />
          <NewPasswordField name="password" label="New password" error={errorOf("password")} className="h-9" />
          <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 w-full">
            Save password
          </Button>
        </>
      )}
    </ActionForm>
  );
}
