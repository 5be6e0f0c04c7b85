"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { ErrorReference } from "@/components/failure/error-reference";
import { failureOf } from "@/components/failure/failure";
import { FailureStep } from "@/components/failure/failure-step";
import { Alert } from "@/components/ui/alert";
import type { ActionError } from "@/lib/console/action-result";
import { conflictSentence } from "./conflict";

const sentenceOf = (error: ActionError) =>
  error.conflict ? conflictSentence(error.conflict) : failureOf(error, "change").sentence;

/** A refused act in a toast: the sentence, and code and request id behind Details. */
export const refusalSentence = (error: ActionError): ReactNode => (
  <>
    {sentenceOf(error)} <ErrorReference code={error.code} requestId={error.requestId} />
  </>
);

/** A refused act: the sentence and the way on, read out at once and focused. Nothing when there is no error. */
export function ActionErrorAlert({
  error,
  title,
  action,
}: {
  error: ActionError | null;
  title?: string;
  /** A way out that this place knows better. */
  action?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  const failure = failureOf(error, "change");
  return (
    <Alert
      tone="danger"
      role="alert"
      ref={box}
      tabIndex={-1}
      title={title}
      action={action ?? (failure.step === null ? undefined : <FailureStep failure={failure} size="sm" />)}
    >
      <p>{sentenceOf(error)}</p>
      <ErrorReference code={error.code} requestId={error.requestId} />
    </Alert>
  );
}
