"use client";

import { useId, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { BAN_MAX_MINUTES } from "@/lib/core/bans/schema";
import { BAN_PRESETS, localInputValue, minutesUntil, parseBanMinutes } from "./ban-length";
import { LengthChoice } from "./length-choice";

interface BanLengthFieldProps {
  /** Minutes, as text. */
  value: string;
  onChange: (value: string) => void;
}

/** The length of a ban: four presets, or minutes and an end of one's own that follow each other. */
export function BanLengthField({ value, onChange }: BanLengthFieldProps) {
  const id = useId();
  const [custom, setCustom] = useState(() => !BAN_PRESETS.some((preset) => preset.value === value));
  const [openedAt] = useState(() => Date.now());
  const minutes = parseBanMinutes(value);

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-13">Length</legend>
      <LengthChoice
        name={id}
        options={[...BAN_PRESETS, { value: "custom", label: "Custom" }]}
        value={custom ? "custom" : value}
        onChange={(next) => {
          setCustom(next === "custom");
          if (next !== "custom") onChange(next);
        }}
      />
      {custom ? (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-[8rem_1fr]">
          <Field
            label="Minutes"
            error={minutes === null ? `1 to ${BAN_MAX_MINUTES.toLocaleString("en-US")}` : undefined}
          >
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={BAN_MAX_MINUTES}
              step={1}
              value={value}
              onChange={(event) => onChange(event.target.value)}
            />
          </Field>
          <Field label="Ends at" hint="In your time zone.">
            <Input
              type="datetime-local"
              value={minutes === null ? "" : localInputValue(openedAt + minutes * 60_000)}
              min={localInputValue(openedAt + 60_000)}
              max={localInputValue(openedAt + BAN_MAX_MINUTES * 60_000)}
              onChange={(event) => {
                const end = new Date(event.target.value).getTime();
                onChange(Number.isNaN(end) ? "" : String(minutesUntil(end, openedAt)));
              }}
            />
          </Field>
        </div>
      ) : null}
    </fieldset>
  );
}
