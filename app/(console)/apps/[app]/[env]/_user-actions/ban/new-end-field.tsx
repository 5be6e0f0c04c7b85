"use client";

import { useId } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useAheadMs } from "@/components/ui/environment-time";
import { dateInputValue, inputZoneText, readersClock } from "@/components/ui/time-format";
import { LengthChoice } from "./length-choice";
import { EXTENSIONS, type NewEnd, newEndOf } from "./new-end";

interface NewEndFieldProps {
  value: NewEnd;
  onChange: (value: NewEnd) => void;
  oldEnd: Date;
}

/** The new end of a running ban: later by a length, or at a time of one's own. */
export function NewEndField({ value, onChange, oldEnd }: NewEndFieldProps) {
  const name = useId();
  const clock = readersClock();
  const aheadMs = useAheadMs();
  const options = [
    { value: "keep", label: "Keep end", disabled: false },
    ...EXTENSIONS.map(({ minutes, label }) => ({
      value: String(minutes),
      label: `+ ${label}`,
      disabled: newEndOf({ kind: "extend", minutes }, oldEnd, clock, Date.now() + aheadMs) === null,
    })),
    { value: "at", label: "End at", disabled: false },
  ];
  const chosen = value.kind === "extend" ? String(value.minutes) : value.kind;
  const choose = (option: string) => {
    if (option === "keep") onChange({ kind: "keep" });
    else if (option === "at") onChange({ kind: "at", text: dateInputValue(oldEnd, clock) });
    else onChange({ kind: "extend", minutes: Number(option) });
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-13">New end</legend>
      <LengthChoice name={name} options={options} value={chosen} onChange={choose} />
      {value.kind === "at" ? (
        <Field label="End at" hint={inputZoneText(clock)}>
          <Input
            type="datetime-local"
            value={value.text}
            onChange={(event) => onChange({ kind: "at", text: event.target.value })}
          />
        </Field>
      ) : null}
    </fieldset>
  );
}
