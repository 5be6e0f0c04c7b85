"use client";

import { Search } from "lucide-react";
import { useCallback, useRef } from "react";
import { useShortcut } from "@/components/layout/shortcuts";

interface Props {
  value: string;
  /** How many settings it leaves. */
  found: number;
  onChange: (search: string) => void;
}

/** Narrows the page to the settings that the text means, at once. `/` leads here. */
export function SettingsSearch({ value, found, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut(
    "/",
    useCallback(() => field.current?.select(), []),
  );
  return (
    <search data-slash aria-label="Settings" className="relative w-full sm:w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" />
      <input
        ref={field}
        type="search"
        aria-label="Search settings"
        placeholder="Name, description or key"
        value={value}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong/60 bg-surface pr-2 pl-8 text-13 shadow-raised"
      />
      <span role="status" className="sr-only">
        {value.trim() === "" ? "" : `${found} ${found === 1 ? "setting matches" : "settings match"}`}
      </span>
    </search>
  );
}
