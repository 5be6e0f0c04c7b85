"use client";

import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";

interface FactorCodeFieldProps {
  /** Whether the operator has an authenticator app; without one only recovery codes are left. */
  app: boolean;
  autoFocus: boolean;
  error: string | undefined;
  className?: string;
}

/** Where somebody types a code of the authenticator app, or a recovery code; `code` in the form. */
export function FactorCodeField({ app, autoFocus, error, className }: FactorCodeFieldProps) {
  return (
    <Field
      label={app ? "Code" : "Recovery code"}
      hint={app ? "From your authenticator app, or a recovery code." : undefined}
      error={error}
    >
      <Input
        name="code"
        required
        autoFocus={autoFocus}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={64}
        className={className}
      />
    </Field>
  );
}
