"use client";

import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { menuBoxStyles } from "@/components/ui/menu";
import { SuggestedUserLine, useUserSuggestions } from "@/components/users/user-suggestions";
import { Input } from "./input";

export interface UserPickerProps {
  /** The user's id, "" for none. */
  value: string;
  /** Called with what was chosen, or with an id typed in full, which need not be anybody's. */
  onChange: (userId: string) => void;
  /** "/apps/app-1/development" */
  base: string;
}

/** Chooses one user by id, beginning of an id, or name; stands inside a Field. */
export function UserPicker({ value, onChange, base }: UserPickerProps) {
  const listId = useId();
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // The address changed by other means (Back, Swap): show what it says.
  useEffect(() => setText(value), [value]);

  const { asked, found, answered, error } = useUserSuggestions(base, text, open);
  const shown = open && asked !== "" && (found.length > 0 || answered);

  const choose = (userId: string) => {
    setText(userId);
    setOpen(false);
    setActive(-1);
    if (userId !== value) onChange(userId);
  };
  const move = (step: number) => {
    setOpen(true);
    if (found.length > 0) setActive((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") choose(found[active]?.userId ?? text.trim());
    else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
  };

  return (
    <div className="relative">
      <Input
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        value={text}
        placeholder="ID, beginning of an ID, or name"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={128}
        onChange={(event) => {
          setText(event.target.value);
          setActive(-1);
          setOpen(true);
        }}
        onBlur={() => choose(text.trim())}
        onKeyDown={onKeyDown}
      />
      {shown ? (
        <div className={cn(menuBoxStyles, "absolute inset-x-0 top-full mt-1 max-w-none")}>
          {found.length === 0 ? (
            <p role={error === null ? "status" : "alert"} className="px-2 py-1.5 text-13 text-ink-muted">
              {error ?? "Nobody is found. Press Enter to take it as an ID."}
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
                onClick={() => choose(user.userId)}
                onMouseMove={() => setActive(index)}
                className={cn(
                  "flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1 text-13 text-ink",
                  index === active && "bg-hover",
                )}
              >
                <SuggestedUserLine user={user} />
              </div>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}
