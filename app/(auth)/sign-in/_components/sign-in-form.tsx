"use client";

import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input, PasswordInput } from "@/components/form/input";
import { Button } from "@/components/ui/button";
import { signIn } from "../../_components/sign-in";

export function SignInForm({ next }: { next: string }) {
  return (
    <ActionForm
      unguarded
      action={(form) => signIn({ email: textOf(form, "email"), password: textOf(form, "password") })}
      // A full load: nothing read before signing in is kept.
      onDone={() => window.location.assign(next)}
    >
      {({ pending, errorOf }) => (
        <>
          <Field label="E-mail" error={errorOf("email")}>
            <Input name="email" type="email" autoComplete="username" required autoFocus className="h-9" />
          </Field>
          <Field label="Password" error={errorOf("password")}>
            <PasswordInput name="password" autoComplete="current-password" required className="h-9" />
          </Field>
          <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1 w-full">
            Sign in
          </Button>
        </>
      )}
    </ActionForm>
  );
}
