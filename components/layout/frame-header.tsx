"use client";

import { useCallback, useState } from "react";
import { leave } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { CommandPalette } from "@/components/palette/command-palette";
import { RememberSections } from "@/components/palette/recents";
import { Link } from "@/components/ui/link";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import { operatorMay } from "@/lib/core/permissions";
import { AccountMenu } from "./account-menu";
import type { FrameApp, FrameOperator, FramePlace } from "./frame-data";
import { HelpMenu } from "./help-menu";
import { NavigationDrawer } from "./navigation-drawer";
import { AppSwitcher, EnvironmentSwitcher } from "./place-switcher";
import { ProductMark } from "./product-mark";
import { QuotaBar, type QuotaUse } from "./quota-bar";
import { useShortcut } from "./shortcuts";
import { leaveSignedOut } from "./signed-out";
import { useTheme } from "./theme";

const ShortcutsDialog = onIntent(() => import("./shortcuts-dialog").then((part) => part.ShortcutsDialog));
const SignOutEverywhereDialog = onIntent(() =>
  import("./sign-out-everywhere-dialog").then((part) => part.SignOutEverywhereDialog),
);

/** What sticks below the header reads its lower edge from `--frame-header`. */
function publishHeight(header: HTMLElement | null) {
  if (header === null) return;
  const { style } = document.documentElement;
  const resized = new ResizeObserver(() =>
    style.setProperty("--frame-header", `${header.offsetTop + header.offsetHeight}px`),
  );
  resized.observe(header);
  return () => {
    resized.disconnect();
    style.removeProperty("--frame-header");
  };
}

export interface FrameHeaderProps {
  operator: FrameOperator;
  apps: readonly FrameApp[];
  place: FramePlace | null;
  /** Null in production and on the installation's pages. */
  quota: QuotaUse | null;
  apiUrl: string;
  signOut: () => Promise<ActionResult<unknown>>;
  signOutEverywhere: () => Promise<ActionResult<unknown>>;
}

export function FrameHeader({ operator, apps, place, quota, apiUrl, ...ways }: FrameHeaderProps) {
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [everywhereOpen, setEverywhereOpen] = useState(false);
  const [, setTheme] = useTheme();
  const { run: runSignOut } = useAction<void, unknown>(ways.signOut);
  const showShortcuts = useCallback(() => setShortcutsOpen(true), []);
  useShortcut("?", showShortcuts);
  const signOut = useCallback(
    () =>
      leave(async () => {
        const result = await runSignOut();
        if (result.ok || result.error.code === "not_signed_in") leaveSignedOut();
        else notify.failure(`You are still signed in. ${result.error.message}`);
      }),
    [runSignOut],
  );
  return (
    <header ref={publishHeight} className="border-b bg-frame">
      <div className="flex min-h-12 items-center gap-x-1.5 px-3 max-md:flex-wrap sm:px-4">
        <div className="flex h-12 min-w-0 items-center gap-x-1.5 max-md:flex-[1_1_0]">
          <NavigationDrawer place={place} operator={operator} />
          <Link href="/" aria-label="IM User Service: home" className="mr-1 rounded-lg max-sm:hidden">
            <ProductMark />
          </Link>
          <AppSwitcher apps={apps} place={place} />
          {place ? <EnvironmentSwitcher place={place} /> : null}
        </div>
        {place && quota ? (
          <div className="max-md:order-last max-md:-mx-2 max-md:w-[calc(100%+1rem)] max-md:pb-1 md:ml-2 md:shrink-0 max-md:[&_button]:w-full">
            <QuotaBar
              key={place.app.id}
              scope={{ app: place.app.id, env: place.environment }}
              initial={quota}
              mayFree={operatorMay(operator, "users.delete_test")}
            />
          </div>
        ) : null}
        <div className="ml-auto flex h-12 shrink-0 items-center gap-1.5">
          <CommandPalette
            place={place}
            apps={apps}
            operator={operator}
            setTheme={setTheme}
            signOut={signOut}
            showShortcuts={showShortcuts}
          />
          <HelpMenu apiUrl={apiUrl} onShortcuts={showShortcuts} />
          <AccountMenu
            operator={operator}
            place={place}
            onSignOut={signOut}
            onSignOutEverywhere={() => setEverywhereOpen(true)}
          />
        </div>
      </div>
      {place ? <RememberSections place={place} operator={operator} /> : null}
      <ShortcutsDialog open={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
      <SignOutEverywhereDialog
        open={everywhereOpen}
        onClose={() => setEverywhereOpen(false)}
        signOutEverywhere={ways.signOutEverywhere}
      />
    </header>
  );
}
