"use client";

import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Code } from "@/components/ui/id";
import { RelativeTime } from "@/components/ui/time";
import { DEFAULT_SETTINGS, type SettingWords, settingValueText } from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";
import { SettingControl } from "./setting-control";

interface Props {
  setting: SettingWords;
  /** Saved values with the drafts over them. */
  values: Settings;
  saved: Settings;
  lastChange: { readonly at: Date; readonly byName: string } | undefined;
  changed: boolean;
  problem: string | undefined;
  disabled: boolean;
  onChange: (change: Partial<Settings>) => void;
  onUndo: () => void;
}

/** Name, sentence, default, who changed it last, API name, control. */
export function SettingRow({
  setting,
  values,
  saved,
  lastChange,
  changed,
  problem,
  disabled,
  onChange,
  onUndo,
}: Props) {
  const { key, label, description } = setting;
  const id = useId();
  // A list stands below its words: it grows.
  const below = key === "profileKeys";
  return (
    <div
      // The palette leads here.
      id={key}
      data-changed={changed || undefined}
      className={cn(
        "flex flex-col gap-x-6 gap-y-3 border-l-2 py-4 pr-4 pl-3.5",
        below ? "" : "sm:flex-row sm:items-start sm:justify-between",
        changed ? "border-l-accent" : "border-l-transparent",
      )}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <span id={`${id}-label`} className="font-medium text-sm">
            {label}
          </span>
          {changed ? <Badge tone="accent">Not saved</Badge> : null}
        </div>
        <p id={`${id}-description`} className="max-w-prose text-13 text-ink-muted">
          {description}
        </p>
        {problem ? (
          <p id={`${id}-problem`} role="alert" className="flex items-center gap-1.5 text-13 text-danger-ink">
            <CircleAlert aria-hidden className="size-4" /> {problem}
          </p>
        ) : null}
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-faint text-xs">
          <span>Default: {settingValueText(key, DEFAULT_SETTINGS[key])}</span>
          <span aria-hidden>·</span>
          {lastChange ? (
            <span>
              changed by {lastChange.byName} <RelativeTime date={lastChange.at} />
            </span>
          ) : (
            <span>never changed</span>
          )}
          <span aria-hidden>·</span>
          <Code>{key}</Code>
        </p>
        {changed ? (
          <p className="flex items-center gap-2 text-13 text-ink-muted">
            Saved value: {settingValueText(key, saved[key])}
            <Button
              size="sm"
              variant="ghost"
              disabled={disabled}
              aria-label={`Undo the change of ${label}`}
              onClick={onUndo}
            >
              Undo
            </Button>
          </p>
        ) : null}
      </div>
      <div className={below ? "" : "max-w-full sm:shrink-0 sm:pt-0.5"}>
        <SettingControl
          settingKey={key}
          label={label}
          labelId={`${id}-label`}
          describedBy={problem ? `${id}-problem ${id}-description` : `${id}-description`}
          invalid={problem !== undefined}
          values={values}
          disabled={disabled}
          onChange={onChange}
        />
      </div>
    </div>
  );
}
