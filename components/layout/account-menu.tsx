"use client";

import { Avatar } from "@/components/ui/avatar";
import { Menu } from "@/components/ui/menu";
import { onIntent } from "@/components/ui/on-intent";
import type { FrameOperator, FramePlace } from "./frame-data";

const AccountEntries = onIntent(() => import("./account-entries").then((part) => part.AccountEntries));

export interface AccountMenuProps {
  operator: FrameOperator;
  place: FramePlace | null;
  onSignOut: () => void;
  onSignOutEverywhere: () => void;
}

/** Who is signed in, theme, time zone, shortcuts, account and the ways out. */
export function AccountMenu(props: AccountMenuProps) {
  return (
    <Menu
      className="w-60"
      label="Your account"
      entries={AccountEntries}
      trigger={
        <button
          type="button"
          aria-label="Your account"
          className="flex size-8 shrink-0 items-center justify-center rounded-full"
        >
          <Avatar name={props.operator.name} className="size-7" />
        </button>
      }
    >
      <AccountEntries {...props} />
    </Menu>
  );
}
