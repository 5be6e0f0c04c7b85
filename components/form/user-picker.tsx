"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { fetchJson } from "@/components/layout/fetch-json";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { menuBoxStyles } from "@/components/ui/menu";
import { Input } from "./input";
import { useSettled } from "./use-settled";

interface SuggestedUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly status: "active" | "banned" | "deleted";
}

const STATUS_WORDS = { active: null, banned: "Banned", deleted: "Soft-deleted" } as const;
const PAUSE_MS = 200;

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

  const q = useSettled(text.trim(), PAUSE_MS);
  const users = useQuery({
    queryKey: ["suggest", base, q],
    enabled: open && q !== "",
    queryFn: ({ signal }) => fetchJson<SuggestedUser[]>(`/api${base}/users/suggest?q=${encodeURIComponent(q)}`, signal),
  });
  const found = q === "" ? [] : (users.data ?? []);
  const shown = open && q !== "" && (found.length > 0 || users.isFetched);

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
            <p role={users.isError ? "alert" : "status"} className="px-2 py-1.5 text-13 text-ink-muted">
              {users.isError
                ? `Users could not be searched: ${users.error.message}`
                : "Nobody is found. Press Enter to take it as an ID."}
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
                <Avatar name={user.name || user.userId} url={user.avatarUrl} className="size-5" />
                <span className="truncate">{user.name}</span>
                <code className="truncate text-[0.92em] text-ink-muted">{user.userId}</code>
                {STATUS_WORDS[user.status] === null ? null : (
                  <span className="ml-auto shrink-0 text-ink-muted text-xs">{STATUS_WORDS[user.status]}</span>
                )}
              </div>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}
