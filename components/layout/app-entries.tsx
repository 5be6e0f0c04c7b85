"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { entranceOf, type FrameApp, type FramePlace, placeBase, productionState } from "./frame-data";

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

/** The apps to change to. Changing keeps the environment where the other app has it. */
export function AppEntries({ apps, place }: { apps: readonly FrameApp[]; place: FramePlace | null }) {
  const hrefOf = (app: FrameApp) => {
    const stays = place?.environment === "production" && productionState(app) === "open";
    return `${placeBase(stays ? { app, environment: "production" } : entranceOf(app))}/overview`;
  };
  return (
    <>
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
    </>
  );
}
