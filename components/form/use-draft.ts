"use client";

import { useState } from "react";

type Values = Readonly<Record<string, unknown>>;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Edits of stored values: what is typed is kept until it is saved or discarded, whatever is read meanwhile, together with
 * what the page showed when typing began, which goes with the change.
 */
export function useDraft<V extends Values>(saved: V) {
  const [draft, setDraft] = useState<{ readonly seen: V; readonly typed: Partial<V> } | null>(null);
  const differs = Object.entries(draft?.typed ?? {}).filter(([name, value]) => !same(value, saved[name]));
  // Saved, or typed back: there is nothing to keep.
  if (draft !== null && differs.length === 0) setDraft(null);
  return {
    values: { ...saved, ...draft?.typed },
    seen: draft?.seen ?? saved,
    /** What is typed and not as it is stored. */
    changed: Object.fromEntries(differs) as Partial<V>,
    change: (typed: Partial<V>) =>
      setDraft((before) => ({ seen: before?.seen ?? saved, typed: { ...before?.typed, ...typed } })),
    discard: () => setDraft(null),
  };
}
