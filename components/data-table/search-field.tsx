"use client";

import { Search, X } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { useList } from "./list";
import { focusFirstRow } from "./row-keys";
import { useTypingPause } from "./typing-pause";

interface SearchFieldProps {
  /** The accessible name: "Search users". */
  label: string;
  /** What can be searched for: "Name, ID, e-mail or unique ID". */
  hint: string;
  /** The search that the rows on the screen answer. */
  value: string;
  /** The name in the URL. */
  param?: string;
  maxLength?: number;
  /** Whether a new text gives up the chosen column, so that the best matches come first. */
  givesUpSort?: boolean;
}

/**
 * The list's search box. Asks the server a quarter of a second after the last key, replaces the history entry while
 * typing, and gives up the request before. Arrow Down leads into the rows, once they answer what was typed.
 */
export function SearchField({
  label,
  hint,
  value,
  param = "q",
  maxLength = 128,
  givesUpSort = false,
}: SearchFieldProps) {
  const { go, pending } = useList();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();

  // The address changed by other means (Back, Clear): show what it says. Our own answers never overwrite later keys.
  useEffect(() => {
    if (value === sent.current.trim()) return;
    sent.current = value;
    setText(value);
  }, [value]);

  const send = useCallback(() => {
    sent.current = text;
    go({ [param]: text.trim() === "" ? null : text, ...(givesUpSort ? { sort: null } : {}) }, "replace");
  }, [text, go, param, givesUpSort]);
  useTypingPause(text, sent, send);

  const [entering, setEntering] = useState(false);
  const answered = !pending && value === text.trim();
  useEffect(() => {
    if (!entering || !answered) return;
    setEntering(false);
    focusFirstRow();
  }, [entering, answered]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (text !== sent.current) send();
    setEntering(true);
  };

  return (
    <div className="relative w-full sm:w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-describedby={hintId}
        placeholder={hint}
        value={text}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setEntering(false);
        }}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-md border border-line-strong/60 bg-surface pr-8 pl-8 text-13 shadow-raised [&::-webkit-search-cancel-button]:hidden"
      />
      <span id={hintId} className="sr-only">
        {hint}
      </span>
      {text === "" ? (
        <kbd
          aria-hidden
          className="pointer-events-none absolute top-1.5 right-2 rounded border bg-sunken px-1.5 text-xs text-ink-faint max-sm:hidden"
        >
          /
        </kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear search text"
          onClick={() => {
            setText("");
            input.current?.focus();
          }}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-ink-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
