"use client";

import { KeyRound } from "lucide-react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { ActionForm, textOf } from "@/components/form/action-form";
import { useAction } from "@/components/form/use-action";
import { FactorCodeField } from "@/components/operators/factor-code-field";
import { Button } from "@/components/ui/button";
import type { SecondStep } from "@/lib/core/errors";
import { finishWithCode, finishWithPasskey } from "../../_components/sign-in";

interface SecondStepFormProps {
  step: SecondStep;
  onDone: () => void;
  onBack: () => void;
}

/** The second step: a passkey where the operator has one, or a code. */
export function SecondStepForm({ step, onDone, onBack }: SecondStepFormProps) {
  const passkey = useAction((_: null) => finishWithPasskey(step));
  return (
    <div className="flex flex-col gap-3">
      {step.passkey ? (
        <>
          <Button
            variant="primary"
            size="lg"
            icon={KeyRound}
            autoFocus
            pending={passkey.pending}
            className="w-full"
            onClick={() => void passkey.run(null).then((result) => result.ok && onDone())}
          >
            Use your passkey
          </Button>
          <ActionErrorAlert error={passkey.error} />
        </>
      ) : null}
      <ActionForm unguarded action={(form) => finishWithCode(step, textOf(form, "code"))} onDone={onDone}>
        {({ pending, errorOf }) => (
          <>
            <FactorCodeField app={step.app} autoFocus={step.passkey === null} error={errorOf("code")} className="h-9" />
            <Button
              type="submit"
              variant={step.passkey ? "secondary" : "primary"}
              size="lg"
              pending={pending}
              className="w-full"
            >
              Continue
            </Button>
          </>
        )}
      </ActionForm>
      <Button variant="ghost" onClick={onBack}>
        Back
      </Button>
    </div>
  );
}
