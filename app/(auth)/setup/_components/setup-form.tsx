"use client";

import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { NewPasswordField } from "@/components/operators/new-password-field";
import { Button } from "@/components/ui/button";
import { makeAndSignIn } from "../../_components/sign-in";
import { createOwner } from "../actions";

/** Creates the owner and signs them in. */
export function SetupForm({ secret }: { secret: string }) {
  return (
    <ActionForm
      action={(form) => {
        const password = textOf(form, "password");
        const given = { secret, name: textOf(form, "name"), email: textOf(form, "email"), password };
        return makeAndSignIn(password, () => createOwner(given));
      }}
      onDone={() => window.location.assign("/")}
    >
      {({ pending, errorOf }) => (
        <>
          <Field label="Your name" hint="The audit log shows it." error={errorOf("name")}>
            <Input name="name" autoComplete="name" required autoFocus maxLength={64} className="h-9" />
          </Field>
          <Field label="E-mail" error={errorOf("email")}>
            <Input name="email" type="email" autoComplete="username" required className="h-9" />
          </Field>
          <NewPasswordField name="password" label="Password" error={errorOf("password")} className="h-9" />
          <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 w-full">
            Create owner
          </Button>
        </>
      )}
    </ActionForm>
  );
}
