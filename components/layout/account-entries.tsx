"use client";

import { Clock, Globe, History, Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { Link } from "@/components/ui/link";
import { MenuCheckbox, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import { useZoneChoice } from "@/components/ui/time";
import type { AccountMenuProps } from "./account-menu";
import { placeBase, ROLE_WORDS } from "./frame-data";
import { ownActivityHref } from "./hrefs";
import { useShortcutsEnabled } from "./shortcuts";
import { useTheme } from "./theme";

/** The entries of the account's menu: who is signed in, theme, time zone, shortcuts, account and the ways out. */
export function AccountEntries({ operator, place, onSignOut, onSignOutEverywhere }: AccountMenuProps) {
  const [theme, setTheme] = useTheme();
  const [zone, setZone] = useZoneChoice();
  const [shortcuts, setShortcuts] = useShortcutsEnabled();
  return (
    <>
      <div className="px-2 pt-1.5 pb-2">
        <p className="truncate font-medium text-13">{operator.name}</p>
        <p className="truncate text-ink-muted text-xs">
          {operator.email} · {ROLE_WORDS[operator.role].label}
        </p>
      </div>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden className="text-ink-muted" /> Account
        </Link>
      </MenuItem>
      {place === null ? null : (
        <MenuItem asChild>
          <Link href={ownActivityHref(placeBase(place), operator.operatorId)}>
            <History aria-hidden className="text-ink-muted" /> What I did today
          </Link>
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuRadioGroup
        label="Theme"
        value={theme}
        onValueChange={setTheme}
        options={[
          { value: "system", label: "System", icon: Monitor },
          { value: "light", label: "Light", icon: Sun },
          { value: "dark", label: "Dark", icon: Moon },
        ]}
      />
      <MenuSeparator />
      <MenuLabel>Times</MenuLabel>
      <MenuRadioGroup
        label="Times"
        value={zone}
        onValueChange={setZone}
        options={[
          { value: "local", label: "Local time", icon: Clock },
          { value: "utc", label: "UTC", icon: Globe },
        ]}
      />
      <MenuSeparator />
      <MenuCheckbox checked={shortcuts} onCheckedChange={setShortcuts} icon={Keyboard}>
        Single-key shortcuts
      </MenuCheckbox>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={onSignOut}>
        Sign out
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={onSignOutEverywhere}>
        Sign out everywhere
      </MenuItem>
    </>
  );
}
