"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Name } from "@/components/ui/name";
import type { EnvironmentName } from "@/lib/core/actor";
import {
  ENVIRONMENT_WORDS,
  entranceOf,
  type FrameApp,
  type FramePlace,
  placeBase,
  productionState,
} from "./frame-data";

const triggerStyles = cn(
  "flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-13 font-medium text-ink transition-colors duration-100",
  "hover:bg-hover data-[state=open]:bg-hover",
);

function LinkItem({ href, current, children }: { href: string; current?: boolean; children: ReactNode }) {
  return (
    <MenuItem asChild>
      <Link href={href} aria-current={current ? "true" : undefined}>
        <span className="truncate">{children}</span>
        {current ? <Check aria-hidden className="ml-auto text-accent-ink" /> : null}
      </Link>
    </MenuItem>
  );
}

/** Which app. Changing it keeps the environment where the other app has it. */
export function AppSwitcher({ apps, place }: { apps: readonly FrameApp[]; place: FramePlace | null }) {
  const hrefOf = (app: FrameApp) => {
    const stays = place?.environment === "production" && productionState(app) === "open";
    return `${placeBase(stays ? { app, environment: "production" } : entranceOf(app))}/overview`;
  };
  return (
    <Menu
      align="start"
      label="Apps"
      className="w-64"
      trigger={
        <button type="button" aria-label={`App: ${place?.app.name ?? "none"}`} className={triggerStyles}>
          <Name text={place?.app.name ?? "Choose an app"} className="truncate" />
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint max-[359px]:hidden" />
        </button>
      }
    >
      <MenuLabel>Apps</MenuLabel>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's controls */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div role="group" aria-label="All apps" tabIndex={0} className="max-h-72 overflow-y-auto outline-none">
        {apps.map((app) => (
          <LinkItem key={app.id} href={hrefOf(app)} current={app.id === place?.app.id}>
            {app.name}
          </LinkItem>
        ))}
      </div>
      <MenuSeparator />
      <LinkItem href="/apps">All apps</LinkItem>
    </Menu>
  );
}

const DOT: Record<EnvironmentName, string> = { development: "bg-development", production: "bg-production" };
const WORD: Record<EnvironmentName, string> = {
  development: "border-warn-line bg-warn-soft text-warn-ink",
  production: "border-danger-line bg-danger-soft text-danger-ink",
};

const NO_ROLE = "You have no role there. An owner can give you one.";

/** The part of the path after the environment, as far as it exists in the other one as well. */
function sectionOf(pathname: string, base: string): string {
  const rest = pathname.startsWith(`${base}/`) ? pathname.slice(base.length + 1) : "";
  const [first, second] = rest.split("/");
  if (first === "chat" && second) return `chat/${second}`;
  return first && !["delete-test-users", "jobs"].includes(first) ? first : "overview";
}

/** Which environment, always as a word in its colour. Changing it stays on the same section. */
export function EnvironmentSwitcher({ place }: { place: FramePlace }) {
  const pathname = usePathname();
  const section = sectionOf(pathname, placeBase(place));
  const state = productionState(place.app);
  const word = ENVIRONMENT_WORDS[place.environment].label;
  const hrefOf = (environment: EnvironmentName) => `${placeBase({ app: place.app, environment })}/${section}`;
  const item = (environment: EnvironmentName, note?: string) => (
    <MenuItem asChild>
      <Link href={hrefOf(environment)} aria-current={environment === place.environment ? "true" : undefined}>
        <span aria-hidden className={cn("size-2 forced-color-adjust-none rounded-full", DOT[environment])} />
        <span className="flex flex-col">
          {ENVIRONMENT_WORDS[environment].label}
          {note ? <span className="text-ink-faint text-xs">{note}</span> : null}
        </span>
        {environment === place.environment ? <Check aria-hidden className="ml-auto text-accent-ink" /> : null}
      </Link>
    </MenuItem>
  );
  return (
    <Menu
      align="start"
      label="Environments"
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
          <span aria-hidden className={cn("size-2 forced-color-adjust-none rounded-full", DOT[place.environment])} />
          {word}
          <ChevronsUpDown aria-hidden className="size-3 max-[359px]:hidden" />
        </button>
      }
    >
      <MenuLabel>Environment</MenuLabel>
      {place.app.reached.includes("development") ? (
        item("development")
      ) : (
        <MenuItem disabled reason={NO_ROLE}>
          Development
        </MenuItem>
      )}
      {state === "not-opened" || state === "no-role" ? (
        <MenuItem disabled reason={state === "no-role" ? NO_ROLE : "Not open yet. Starter and Pro include it."}>
          Production
        </MenuItem>
      ) : (
        item("production", state === "closed" ? "Closed on the free plan. Its data is kept." : undefined)
      )}
      {state === "open" || state === "no-role" ? null : (
        <>
          <MenuSeparator />
          <MenuItem asChild>
            <Link href={`${placeBase(place)}/settings#plan`}>
              <Plus aria-hidden className="text-ink-muted" /> See the plan
            </Link>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
