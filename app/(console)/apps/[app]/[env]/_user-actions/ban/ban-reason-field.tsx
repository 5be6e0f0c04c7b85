"use client";

import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { plural } from "@/components/ui/count-text";
import { BAN_REASON_MAX_CHARACTERS } from "@/lib/core/bans/schema";

const COMMON = ["Spam", "Harassment", "Scam or fraud", "Offensive content", "Fake identity", "Test"];

/** So many characters before the limit it is told. */
const NEARLY_FULL = 50;

interface BanReasonFieldProps {
  value: string;
  onChange: (value: string) => void;
  required: boolean;
}

/** Why: the usual reasons by a click, and room for words of one's own. */
export function BanReasonField({ value, onChange, required }: BanReasonFieldProps) {
  const left = BAN_REASON_MAX_CHARACTERS - [...value].length;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Reason"
        required={required}
        aside={required ? "required in Production" : "optional"}
        hint={left > NEARLY_FULL ? "Operators see it in the user’s history." : `${plural(left, "character")} left.`}
      >
        <Textarea
          value={value}
          rows={2}
          maxLength={BAN_REASON_MAX_CHARACTERS}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <ul aria-label="Usual reasons" className="flex flex-wrap gap-1.5">
        {COMMON.map((reason) => (
          <li key={reason}>
            <button
              type="button"
              aria-pressed={value === reason}
              onClick={() => onChange(reason)}
              className="h-6 rounded-full border bg-surface px-2.5 text-ink-muted text-xs hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              {reason}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
