"use client";

import { useEffect, useState } from "react";

/** What was typed into a box that is opened and not there yet. */
export interface TypedAhead {
  /** The box is opened: the keys are kept from now on. */
  begin(): void;
  /** It is closed again. */
  end(): void;
  /** Hands it over, once; from then on the keys are the box's. */
  take(): { readonly text: string; readonly entered: boolean };
}

const NOTHING = { text: "", entered: false };

/** Keeps the keys that are pressed from when a box is opened until it takes them over. */
export function useTypedAhead(): TypedAhead {
  const [keeper] = useState(() => {
    let kept = NOTHING;
    let end = () => {};
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || kept.entered) return;
      if (event.key === "Enter") kept = { ...kept, entered: true };
      else if (event.key === "Backspace") kept = { ...kept, text: kept.text.slice(0, -1) };
      else if (event.key.length === 1) kept = { ...kept, text: kept.text + event.key };
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    return {
      begin() {
        end();
        kept = NOTHING;
        window.addEventListener("keydown", onKey, true);
        end = () => window.removeEventListener("keydown", onKey, true);
      },
      end: () => end(),
      take() {
        end();
        return kept;
      },
    };
  });
  useEffect(() => keeper.end, [keeper]);
  return keeper;
}
