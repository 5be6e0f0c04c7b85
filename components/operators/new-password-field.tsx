"use client";

import { useRef, useState } from "react";
import { Field } from "@/components/form/field";
import { PasswordInput } from "@/components/form/input";
import { Meter, type MeterTone } from "@/components/ui/meter";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/operators/facts";
import { type PasswordStrength, passwordStrength } from "@/lib/core/operators/password-strength";

interface NewPasswordFieldProps {
  name: string;
  label: string;
  error: string | undefined;
  className?: string;
}

const SHOWN: Record<PasswordStrength["level"], { value: number; tone: MeterTone; word: string }> = {
  weak: { value: 1, tone: "danger", word: "Weak" },
  fair: { value: 2, tone: "warn", word: "Good" },
  strong: { value: 3, tone: "ok", word: "Strong" },
};

const AT_LEAST = `At least ${PASSWORD_MIN_LENGTH} characters.`;

/**
 * Where a password is chosen. It says how strong the password is while it is typed; whoever it is for stands in the same form, in
 * controls called `name` and `email`.
 */
export function NewPasswordField({ name, label, error, className }: NewPasswordFieldProps) {
  const [strength, setStrength] = useState<PasswordStrength | null>(null);
  const latest = useRef("");
  const estimate = (input: HTMLInputElement) => {
    const password = input.value;
    latest.current = password;
    if (password.length < PASSWORD_MIN_LENGTH) return setStrength(null);
    passwordStrength(password, { name: textIn(input, "name"), email: textIn(input, "email") }).then(
      (found) => {
        if (latest.current === password) setStrength(found);
      },
      // Offline: the server says what it thinks of the password.
      () => setStrength(null),
    );
  };
  const shown = strength === null ? null : SHOWN[strength.level];
  return (
    <Field
      label={label}
      hint={shown === null ? AT_LEAST : [`${shown.word}.`, strength?.problem].filter(Boolean).join(" ")}
      error={error}
    >
      <PasswordInput
        name={name}
        autoComplete="new-password"
        required
        className={className}
        onInput={(event) => estimate(event.currentTarget)}
      />
      {shown === null ? null : (
        <Meter value={shown.value} max={3} tone={shown.tone} label="Strength" valueText={shown.word} />
      )}
    </Field>
  );
}

function textIn({ form }: HTMLInputElement, name: string): string {
  const control = form?.elements.namedItem(name);
  return control instanceof HTMLInputElement ? control.value : "";
}
