"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input, PasswordInput } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import type { SecondStep } from "@/lib/core/errors";
import { signIn, signInWithPasskey } from "../../_components/sign-in";
import { SecondStepForm } from "./second-step-form";

/** E-mail and password, then a second factor where there is one; or a passkey alone. */
export function SignInForm({ next, passkeys }: { next: string; passkeys: boolean }) {
  const [secondStep, setSecondStep] = useState<SecondStep | null>(null);
  // A full load: nothing read before signing in is kept.
  const goOn = () => window.location.assign(next);
  if (secondStep !== null) {
    return <SecondStepForm step={secondStep} onDone={goOn} onBack={() => setSecondStep(null)} />;
  }
  return (
    <div className="flex flex-col gap-3">
      <ActionForm
        unguarded
        action={(form) => signIn({ email: textOf(form, "email"), password: textOf(form, "password") })}
        onDone={(step) => (step === null ? goOn() : setSecondStep(step))}
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
      {passkeys ? <PasskeyButton onDone={goOn} /> : null}
    </div>
  );
}

function PasskeyButton({ onDone }: { onDone: () => void }) {
  const { run, pending, error } = useAction((_: null) => signInWithPasskey());
  return (
    <>
      <Button
        size="lg"
        icon={KeyRound}
        pending={pending}
        className="w-full"
        onClick={() => void run(null).then((result) => result.ok && onDone())}
      >
        Sign in with a passkey
      </Button>
      <ActionErrorAlert error={error} />
    </>
  );
}
