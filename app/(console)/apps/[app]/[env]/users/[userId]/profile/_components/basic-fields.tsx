"use client";

import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { BASIC_KEY_NAMES, BASIC_KEYS, type BasicKey } from "@/lib/core/profiles/facts";
import type { KeyTexts } from "./hosted-profile-draft";

export interface ProfileFieldsProps {
  texts: KeyTexts;
  /** Why a key cannot be saved. */
  wrong: KeyTexts;
  readOnly: boolean;
  onChange: (typed: KeyTexts) => void;
}

const LABELS: Readonly<Record<BasicKey, string>> = {
  uniqueId: "Unique ID",
  name: "Profile name",
  portraitUri: "Profile avatar address",
  email: "E-mail",
  birthday: "Birthday",
  gender: "Gender",
  location: "Location",
  role: "Role",
  level: "Level",
};

const GENDERS = [
  { value: "", label: "Not set" },
  { value: "0", label: "Unknown" },
  { value: "1", label: "Male" },
  { value: "2", label: "Female" },
];

function hintOf(key: BasicKey): string | undefined {
  const rule = BASIC_KEYS[key];
  if (key === "gender") return undefined;
  if (key === "uniqueId") return "Letters and digits. No two users share one.";
  return rule.kind === "number" ? `A whole number from ${rule.min} to ${rule.max}.` : undefined;
}

/** A field for each basic key. An empty field means that the key is not set. */
export function BasicFields({ texts, wrong, readOnly, onChange }: ProfileFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {BASIC_KEY_NAMES.map((key) => (
        <Field
          key={key}
          label={LABELS[key]}
          error={wrong[key]}
          hint={hintOf(key)}
          className={key === "portraitUri" ? "sm:col-span-2" : undefined}
        >
          {key === "gender" ? (
            <Select
              value={texts[key] ?? ""}
              disabled={readOnly}
              onValueChange={(value) => onChange({ [key]: value })}
              options={GENDERS}
              className="w-full"
            />
          ) : (
            <Input
              value={texts[key] ?? ""}
              readOnly={readOnly}
              inputMode={BASIC_KEYS[key].kind === "number" ? "numeric" : undefined}
              autoComplete="off"
              placeholder={readOnly ? "Not set" : ""}
              onChange={(event) => onChange({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
