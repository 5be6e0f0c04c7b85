"use client";

import * as Primitive from "radix-ui/popover";
import type { RefObject } from "react";
import { cn } from "@/components/ui/class-names";
import { menuBoxStyles } from "@/components/ui/menu-look";
import { type SuggestedUser, SuggestedUserLine } from "@/components/users/user-suggestions";

interface FoundUsersProps {
  anchor: RefObject<HTMLElement | null>;
  listId: string;
  found: readonly SuggestedUser[];
  error: string | null;
  active: number;
  onActive: (index: number) => void;
  onChoose: (userId: string) => void;
  onClose: () => void;
}

/** The users that a UserPicker has found, below it. */
export function FoundUsers({ anchor, listId, found, error, active, onActive, onChoose, onClose }: FoundUsersProps) {
  return (
    <Primitive.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Primitive.Anchor virtualRef={anchor as { current: HTMLElement }} />
      {/* Beside the box in the document too: in its region and its dialog, for those who move by them. */}
      <Primitive.Portal container={anchor.current}>
        <Primitive.Content
          role="presentation"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
          }}
          className={cn(menuBoxStyles, "w-(--radix-popper-anchor-width) max-w-none")}
        >
          {found.length === 0 ? (
            <p role={error === null ? "status" : "alert"} className="px-2 py-1.5 text-13 text-ink-muted">
              {error ?? "No such user."}
            </p>
          ) : null}
          <div id={listId} role="listbox" aria-label="Users found" className="max-h-72 overflow-y-auto">
            {found.map((user, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box; aria-activedescendant names the option
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
              <div
                key={user.userId}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(user.userId)}
                onMouseMove={() => onActive(index)}
                className={cn(
                  "flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1 text-13 text-ink",
                  index === active && "bg-hover",
                )}
              >
                <SuggestedUserLine user={user} />
              </div>
            ))}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
