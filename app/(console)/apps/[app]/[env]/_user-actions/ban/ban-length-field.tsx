"use client";

import { useId, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { cn } from "@/components/ui/class-names";
import { BAN_MAX_MINUTES } from "@/lib/core/bans/schema";
import { BAN_PRESETS, localInputValue, minutesUntil, parseBanMinutes } from "./ban-length";

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
  const options = [...BAN_PRESETS, { value: "custom", label: "Custom" }];

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-13">Length</legend>
      <div className="grid grid-cols-2 gap-1.5 sm:grid-cols-5">
        {options.map((option) => {
          const checked = option.value === "custom" ? custom : !custom && value === option.value;
          return (
            <label
              key={option.value}
              htmlFor={`${id}-${option.value}`}
              className={cn(
                "relative flex h-8 cursor-pointer items-center justify-center rounded-md border text-13 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
                checked ? "border-accent bg-accent-soft font-medium text-accent-ink" : "bg-surface hover:bg-hover",
              )}
            >
              <input
                id={`${id}-${option.value}`}
                type="radio"
                name={`${id}-length`}
                value={option.value}
                checked={checked}
                className="absolute inset-0 m-0 cursor-pointer opacity-0"
                onChange={() => {
                  setCustom(option.value === "custom");
                  if (option.value !== "custom") onChange(option.value);
                }}
              />
              {option.label}
            </label>
          );
        })}
      </div>
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
