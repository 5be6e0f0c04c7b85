"use client";

import { useId, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { formatCount } from "@/components/ui/count-text";
import { useAheadMs } from "@/components/ui/environment-time";
import { dateInputValue, dateOfInput, inputZoneText, readersClock } from "@/components/ui/time-format";
import { BAN_MAX_MINUTES } from "@/lib/core/bans/schema";
import { BAN_PRESETS, minutesUntil, parseBanMinutes } from "./ban-length";
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
  const aheadMs = useAheadMs();
  const [openedAt] = useState(() => Date.now() + aheadMs);
  const clock = readersClock();
  const minutes = parseBanMinutes(value);
  const atMinute = (minute: number) => dateInputValue(new Date(openedAt + minute * 60_000), clock);

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
          <Field label="Minutes" error={minutes === null ? `1 to ${formatCount(BAN_MAX_MINUTES)}` : undefined}>
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
          <Field label="Ends at" hint={inputZoneText(clock)}>
            <Input
              type="datetime-local"
              value={minutes === null ? "" : atMinute(minutes)}
              min={atMinute(1)}
              max={atMinute(BAN_MAX_MINUTES)}
              onChange={(event) => {
                const end = dateOfInput(event.target.value, clock);
                onChange(Number.isNaN(end) ? "" : String(minutesUntil(end, openedAt)));
              }}
            />
          </Field>
        </div>
      ) : null}
    </fieldset>
  );
}
