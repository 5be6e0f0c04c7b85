"use client";

import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { loadsAhead } from "@/components/ui/late";
import { Name } from "@/components/ui/name";
import { onIntent } from "@/components/ui/on-intent";
import { useUserSuggestions } from "@/components/users/user-suggestions";
import { useField } from "./field";
import { Input } from "./input";

export interface UserPickerProps {
  /** The user's id, "" for none. */
  value: string;
  /** Called with what was chosen, or with an id typed in full, which need not be anybody's. */
  onChange: (userId: string) => void;
  /** Called with each text that is typed. */
  onType?: (text: string) => void;
  /** "/apps/app-1/development" */
  base: string;
  autoFocus?: boolean;
  /**
   * Where it stands who the id is: below the box, over what is there; in room of its own, so that nothing moves under a click;
   * or nowhere, where the page says it otherwise.
   */
  note?: "below" | "room" | "none";
}

const FoundUsers = onIntent(() => import("./found-users").then((part) => part.FoundUsers));

/**
 * Chooses one user by id, beginning of an id, or name; stands inside a Field. An id that is pasted is taken as soon as the
 * server knows it, and one that is nobody's is said to be so before anything is sent.
 */
export function UserPicker({ value, onChange, onType, base, autoFocus, note = "below" }: UserPickerProps) {
  const listId = useId();
  const field = useField();
  const anchor = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // Enter was pressed, or an id pasted, before the server had answered.
  const [waiting, setWaiting] = useState<"enter" | "paste" | null>(null);
  // The address changed by other means (Back, Swap): show what it says.
  useEffect(() => setText(value), [value]);

  const close = useCallback(() => setOpen(false), []);
  const typed = text.trim();
  const { found, answered, error } = useUserSuggestions(base, text, { enabled: true, hurry: waiting !== null });
  const exact = found.find((user) => user.userId === typed);
  const known = typed === "" || !answered || error !== null ? null : exact !== undefined;
  const shown = open && typed !== "" && (found.length > 0 || answered);

  const choose = (userId: string) => {
    setText(userId);
    setOpen(false);
    setActive(-1);
    setWaiting(null);
    if (userId !== value) onChange(userId);
  };
  // A name means the first who is found; an id means itself, also when it is nobody's.
  const enter = () => choose((found[active] ?? exact ?? found[0])?.userId ?? typed);
  const answer = useEffectEvent(() => {
    if (waiting === "enter") enter();
    else if (exact !== undefined) choose(exact.userId);
    setWaiting(null);
  });
  useEffect(() => {
    if (waiting !== null && answered) answer();
  }, [waiting, answered]);

  const move = (step: number) => {
    setOpen(true);
    if (found.length > 0) setActive((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") {
      // Nothing is left to choose: the key is the form's.
      if (!shown && waiting === null && typed === value && typed !== "") return;
      if (answered || active >= 0) enter();
      else setWaiting("enter");
    } else return;
    event.preventDefault();
  };
  const who = shown || note === "none" ? null : whoWords(typed, known, exact?.name);

  return (
    <>
      <div ref={anchor} className="relative">
        <Input
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={shown ? listId : undefined}
          aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
          aria-describedby={[field["aria-describedby"], `${listId}-note`].filter(Boolean).join(" ")}
          autoFocus={autoFocus}
          value={text}
          placeholder="ID, start of an ID, or name"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={128}
          onChange={(event) => {
            setText(event.target.value);
            onType?.(event.target.value);
            setActive(-1);
            setWaiting(null);
            setOpen(true);
          }}
          onPaste={() => setTimeout(() => setWaiting("paste"))}
          onFocus={loadsAhead(FoundUsers).onFocus}
          onBlur={() => choose(typed)}
          onKeyDown={onKeyDown}
        />
        <p
          id={`${listId}-note`}
          role="status"
          className={cn(
            "h-4 truncate text-xs",
            note === "room" ? "mt-1" : "absolute inset-x-0 top-full mt-0.5 empty:hidden",
            known === false ? "text-danger-ink" : "text-ink-muted",
          )}
        >
          {who === null ? null : <Name text={who} />}
        </p>
      </div>
      {shown ? (
        <FoundUsers
          anchor={anchor}
          listId={listId}
          found={found}
          error={error}
          active={active}
          onActive={setActive}
          onChoose={choose}
          onClose={close}
        />
      ) : null}
    </>
  );
}

/** Under the box: who the id is, or that it is nobody's. */
function whoWords(typed: string, known: boolean | null, name: string | undefined): string | null {
  if (known === null || typed === "") return null;
  return known ? (name ?? null) : "No such user.";
}
