"use client";

import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { SettingsCard } from "@/components/form/settings-card";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import type { ShownSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { SEEING_ROLES } from "@/lib/core/permissions";
import { changeSignInRules } from "../actions";

const ROLES = SEEING_ROLES.toReversed();

/** The rules as flat fields: those of the roles under their names. */
const flat = ({ secondFactorFrom, idleHours, maxDays }: ShownSignInRules) => ({
  ...secondFactorFrom,
  idleHours: String(idleHours),
  maxDays: String(maxDays),
});

/** The fields as they are stored. */
const stored = ({ idleHours, maxDays, ...secondFactorFrom }: ReturnType<typeof flat>): ShownSignInRules => ({
  secondFactorFrom,
  idleHours: Number(idleHours),
  maxDays: Number(maxDays),
});

const LIMITS = [
  { name: "idleHours", label: "When idle, after hours" },
  { name: "maxDays", label: "In any case, after days" },
] as const;

const LABELS: Record<string, string> = { idleHours: "Ends when idle for", maxDays: "Ends in any case after" };
const labelOf = (field: string) => LABELS[field] ?? ROLE_WORDS[field as keyof typeof ROLE_WORDS].label;

/** What owners lay down for sign-ins: who needs a second factor from when, and how long sessions last. */
export function SignInRules({ rules }: { rules: ShownSignInRules }) {
  return (
    <SettingsCard
      id="sign-in-rules"
      title="Sign-in rules"
      description="From the chosen day on, whoever has the role sets up a second factor before anything else."
      saved={flat(rules)}
      stored={stored}
      save={(next, seen) => changeSignInRules({ ...next, seen })}
      saveLabel="Save rules"
      savedMessage="Sign-in rules saved."
      labelOf={labelOf}
      wordsOf={(value) => value ?? "Not required"}
    >
      {({ values, change, errorOf }) => (
        <>
          <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-4">
            <legend className="mb-2 font-medium text-13">Second factor required from (UTC)</legend>
            {ROLES.map((role) => (
              <Field
                key={role}
                label={ROLE_WORDS[role].label}
                hint={role === "viewer" ? "Guests, too." : undefined}
                error={errorOf(role)}
              >
                <Input
                  name={role}
                  type="date"
                  value={values[role] ?? ""}
                  onChange={(event) => change({ [role]: event.target.value || null })}
                />
              </Field>
            ))}
          </fieldset>
          <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-4">
            <legend className="mb-2 font-medium text-13">A session ends</legend>
            {LIMITS.map(({ name, label }) => (
              <Field key={name} label={label} error={errorOf(name)}>
                <Input
                  name={name}
                  inputMode="numeric"
                  value={values[name]}
                  onChange={(event) => change({ [name]: event.target.value })}
                />
              </Field>
            ))}
          </fieldset>
        </>
      )}
    </SettingsCard>
  );
}
