"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { leave } from "@/components/form/unsaved";
import { Spinner } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { dialogBoxStyles, overlayStyles } from "@/components/ui/dialog";
import { SuggestedUserLine, useUserSuggestions } from "@/components/users/user-suggestions";
import type { Commands } from "./commands";
import { type FramePlace, placeBase } from "./frame-data";
import { userHref } from "./hrefs";
import { Kbd } from "./shortcuts-dialog";

const itemStyles =
  "flex h-9 select-none items-center gap-2.5 rounded-md px-2.5 text-13 text-ink data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted";
const groupStyles =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint";

/** Ctrl/Cmd K: the pages of this place, what this role may do, and users by id, id prefix or name. */
export function CommandPalette({ place, commands }: { place: FramePlace | null; commands: Commands }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setOpen((shown) => !shown);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          aria-label="Search and commands"
          className="flex h-8 items-center gap-2 rounded-md border bg-surface px-2 text-13 text-ink-faint transition-colors duration-100 hover:border-line-strong hover:text-ink-muted md:w-52"
        >
          <Search aria-hidden className="size-4" />
          <span className="max-md:hidden">Search…</span>
          <span aria-hidden className="ml-auto flex gap-0.5 max-md:hidden">
            <Kbd>⌘</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content aria-describedby={undefined} className={cn(dialogBoxStyles, "sm:max-w-xl")}>
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Palette place={place} commands={commands} onClose={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ place, commands, onClose }: { place: FramePlace | null; commands: Commands; onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const { found, fetching, error } = useUserSuggestions(place === null ? "" : placeBase(place), text, place !== null);
  const go = (href: string) => {
    onClose();
    leave(() => router.push(href));
  };
  return (
    <Command label="Search and commands" loop className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2.5 border-b px-4">
        {fetching ? <Spinner className="text-ink-faint" /> : <Search aria-hidden className="size-4 text-ink-faint" />}
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={place ? "Page, action, or user by ID or name" : "Page or action"}
          className="h-12 min-w-0 flex-1 bg-transparent text-sm outline-none"
        />
        <Dialog.Close className="rounded-sm px-1 text-ink-muted text-xs hover:text-ink">Close</Dialog.Close>
      </div>
      <Command.List label="Results" className="flex-1 overflow-y-auto p-1.5 sm:max-h-96">
        <Command.Empty className="px-2.5 py-6 text-center text-13 text-ink-muted">
          {fetching ? "Searching…" : `Nothing matches “${text.trim()}”.`}
        </Command.Empty>
        {found.length > 0 && place ? (
          <Command.Group heading={`Users in ${place.environment}`} forceMount className={groupStyles}>
            {found.map((user) => (
              <Command.Item
                key={user.userId}
                value={`user ${user.userId}`}
                forceMount
                onSelect={() => go(userHref(placeBase(place), user.userId))}
                className={itemStyles}
              >
                <SuggestedUserLine user={user} />
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {error === null ? null : (
          <p role="alert" className="px-2.5 py-2 text-13 text-danger-ink">
            {error}
          </p>
        )}
        {commands.map((group) => (
          <Command.Group key={group.label} heading={group.label} className={groupStyles}>
            {group.commands.map(({ label, icon: Icon, keywords, ...command }) => (
              <Command.Item
                key={label}
                value={label}
                keywords={keywords ? [...keywords] : undefined}
                onSelect={() => {
                  if (command.href !== undefined) go(command.href);
                  else {
                    onClose();
                    command.run();
                  }
                }}
                className={itemStyles}
              >
                <Icon aria-hidden /> {label}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
