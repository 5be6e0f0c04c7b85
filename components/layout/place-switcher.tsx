"use client";

import { ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { Menu } from "@/components/ui/menu";
import { Name } from "@/components/ui/name";
import { onIntent } from "@/components/ui/on-intent";
import type { EnvironmentName } from "@/lib/core/actor";
import { ENVIRONMENT_DOT, ENVIRONMENT_WORDS, type FrameApp, type FramePlace } from "./frame-data";

const AppEntries = onIntent(() => import("./app-entries").then((part) => part.AppEntries));
const EnvironmentEntries = onIntent(() => import("./environment-entries").then((part) => part.EnvironmentEntries));

const triggerStyles = cn(
  "flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-13 font-medium text-ink transition-colors duration-100",
  "hover:bg-hover data-[state=open]:bg-hover",
);

/** Which app. */
export function AppSwitcher({ apps, place }: { apps: readonly FrameApp[]; place: FramePlace | null }) {
  return (
    <Menu
      align="start"
      label="Apps"
      entries={AppEntries}
      className="w-64"
      trigger={
        <button type="button" aria-label={`App: ${place?.app.name ?? "none"}`} className={triggerStyles}>
          <Name text={place?.app.name ?? "Choose an app"} className="truncate" />
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint max-[359px]:hidden" />
        </button>
      }
    >
      <AppEntries apps={apps} place={place} />
    </Menu>
  );
}

const WORD: Record<EnvironmentName, string> = {
  development: "border-warn-line bg-warn-soft text-warn-ink",
  production: "border-danger-line bg-danger-soft text-danger-ink",
};

/** Which environment, always as a word in its colour. */
export function EnvironmentSwitcher({ place }: { place: FramePlace }) {
  const word = ENVIRONMENT_WORDS[place.environment].label;
  return (
    <Menu
      align="start"
      label="Environments"
      entries={EnvironmentEntries}
      className="w-64"
      trigger={
        <button
          type="button"
          aria-label={`Environment: ${word}`}
          className={cn(
            "flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 font-medium text-xs transition-colors duration-100",
            WORD[place.environment],
          )}
        >
          <span
            aria-hidden
            className={cn("size-2 forced-color-adjust-none rounded-full", ENVIRONMENT_DOT[place.environment])}
          />
          {word}
          <ChevronsUpDown aria-hidden className="size-3 max-[359px]:hidden" />
        </button>
      }
    >
      <EnvironmentEntries place={place} />
    </Menu>
  );
}
