"use client";

import { Check, Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { EnvironmentName } from "@/lib/core/actor";
import { ENVIRONMENT_DOT, ENVIRONMENT_WORDS, type FramePlace, placeBase, productionState } from "./frame-data";

const NO_ROLE = "You have no role there. An owner can give you one.";

/** The part of the path after the environment, as far as it exists in the other one as well. */
function sectionOf(pathname: string, base: string): string {
  const rest = pathname.startsWith(`${base}/`) ? pathname.slice(base.length + 1) : "";
  const [first, second] = rest.split("/");
  if (first === "chat" && second) return `chat/${second}`;
  return first && !["delete-test-users", "jobs"].includes(first) ? first : "overview";
}

/** The environments to change to. Changing stays on the same section. */
export function EnvironmentEntries({ place }: { place: FramePlace }) {
  const pathname = usePathname();
  const section = sectionOf(pathname, placeBase(place));
  const state = productionState(place.app);
  const hrefOf = (environment: EnvironmentName) => `${placeBase({ app: place.app, environment })}/${section}`;
  const item = (environment: EnvironmentName, note?: string) => (
    <MenuItem asChild>
      <Link href={hrefOf(environment)} aria-current={environment === place.environment ? "true" : undefined}>
        <span
          aria-hidden
          className={cn("size-2 forced-color-adjust-none rounded-full", ENVIRONMENT_DOT[environment])}
        />
        <span className="flex flex-col">
          {ENVIRONMENT_WORDS[environment].label}
          {note ? <span className="text-ink-faint text-xs">{note}</span> : null}
        </span>
        {environment === place.environment ? <Check aria-hidden className="ml-auto text-accent-ink" /> : null}
      </Link>
    </MenuItem>
  );
  return (
    <>
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
    </>
  );
}
