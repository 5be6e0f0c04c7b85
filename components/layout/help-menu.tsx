"use client";

import { CircleQuestionMark } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { onIntent } from "@/components/ui/on-intent";

const HelpEntries = onIntent(() => import("./help-entries").then((part) => part.HelpEntries));

export interface HelpMenuProps {
  apiUrl: string;
  onShortcuts: () => void;
}

/** Shortcuts, the address that app servers call, what roles may do, and how to test this console. */
export function HelpMenu(props: HelpMenuProps) {
  return (
    <Menu
      className="w-72"
      label="Help"
      entries={HelpEntries}
      trigger={<IconButton icon={CircleQuestionMark} label="Help" className="max-sm:hidden" />}
    >
      <HelpEntries {...props} />
    </Menu>
  );
}
