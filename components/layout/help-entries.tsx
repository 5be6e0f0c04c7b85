"use client";

import { BookOpen, FlaskConical, Keyboard, Link2, ShieldUser } from "lucide-react";
import { copyText } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import type { HelpMenuProps } from "./help-menu";

async function copyAddress(apiUrl: string) {
  if (await copyText(apiUrl, `The address is ${apiUrl}`)) notify.success("Server API address copied.");
}

/** The entries of the help menu: shortcuts, the address that app servers call, what roles may do, and how to test this console. */
export function HelpEntries({ apiUrl, onShortcuts }: HelpMenuProps) {
  return (
    <>
      <MenuItem icon={Keyboard} aside="?" onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem asChild>
        <Link href="/docs">
          <BookOpen aria-hidden className="text-ink-muted" /> Server API reference
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/roles">
          <ShieldUser aria-hidden className="text-ink-muted" /> What each role may do
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/testing">
          <FlaskConical aria-hidden className="text-ink-muted" /> Testing this console
        </Link>
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Server API address</MenuLabel>
      <MenuItem icon={Link2} aside="Copy" onSelect={() => void copyAddress(apiUrl)}>
        <span className="font-mono text-[0.92em]">{apiUrl}</span>
      </MenuItem>
    </>
  );
}
