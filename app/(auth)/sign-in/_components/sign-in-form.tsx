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
import { IssuerButton } from "../../_components/issuer-button";
import { signIn, signInWithPasskey } from "../../_components/sign-in";
import { ForgottenForm } from "./forgotten-form";
import { SecondStepForm } from "./second-step-form";

interface SignInFormProps {
  next: string;
  passkeys: boolean;
  /** What the issuer is called; null: there is none. */
  issuer: string | null;
  /** Whether anything but the issuer signs in. */
  others: boolean;
  /** Whether a link to a new password can be mailed. */
  mails: boolean;
  /** The second step of whoever comes back from the issuer. */
  begun: SecondStep | null;
}

/** The issuer; e-mail and password, then a second factor where there is one; or a passkey alone. */
export function SignInForm({ next, passkeys, issuer, others, mails, begun }: SignInFormProps) {
  const [secondStep, setSecondStep] = useState(begun);
  const [forgotten, setForgotten] = useState(false);
  // A full load: nothing read before signing in is kept.
  const goOn = () => window.location.assign(next);
  if (secondStep !== null) {
    return <SecondStepForm step={secondStep} onDone={goOn} onBack={() => setSecondStep(null)} />;
  }
  if (forgotten) return <ForgottenForm onBack={() => setForgotten(false)} />;
  return (
    <div className="flex flex-col gap-3">
      {issuer === null ? null : <IssuerButton issuer={issuer} next={next} />}
      {others ? <OwnWays passkeys={passkeys} onStep={setSecondStep} onDone={goOn} /> : null}
      {others && mails ? (
        <Button variant="ghost" onClick={() => setForgotten(true)}>
          Forgot password?
        </Button>
      ) : null}
    </div>
  );
}

interface OwnWaysProps {
  passkeys: boolean;
  onStep: (step: SecondStep) => void;
  onDone: () => void;
}

/** What signs in here without anybody else. */
function OwnWays({ passkeys, onStep, onDone }: OwnWaysProps) {
  return (
    <>
      <ActionForm
        unguarded
        action={(form) => signIn({ email: textOf(form, "email"), password: textOf(form, "password") })}
        onDone={(step) => (step === null ? onDone() : onStep(step))}
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
      {passkeys ? <PasskeyButton onDone={onDone} /> : null}
    </>
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
