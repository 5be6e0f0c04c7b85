"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

/** Most rows that can be ticked at a time: what one round of bulk calls can carry out while somebody watches. */
export const SELECTION_LIMIT = 1_000;

export interface Selection {
  readonly ids: readonly string[];
  has(id: string): boolean;
  /** Ticks or clears these rows. Ids over the limit stay unticked. */
  set(ids: readonly string[], selected: boolean): void;
  /** Selects exactly these. */
  replace(ids: readonly string[]): void;
  clear(): void;
}

const EMPTY: readonly string[] = [];
const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string; ids: readonly string[] }>();

function read(key: string): readonly string[] {
  const text = sessionStorage.getItem(key);
  if (text === null) return EMPTY;
  const known = parsed.get(key);
  if (known?.text === text) return known.ids;
  const value: unknown = JSON.parse(text);
  const ids = Array.isArray(value) ? value.filter((id): id is string => typeof id === "string") : [];
  parsed.set(key, { text, ids });
  return ids;
}

function write(key: string, ids: readonly string[]) {
  if (ids.length === 0) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(ids.slice(0, SELECTION_LIMIT)));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * The ticked rows of a list, by id. Kept in the tab's session storage, so that a selection survives searching, paging
 * and a look at one row's own page. Give each list of each environment a key of its own.
 */
export function useSelection(key: string): Selection {
  const ids = useSyncExternalStore(
    subscribe,
    useCallback(() => read(key), [key]),
    () => EMPTY,
  );
  return useMemo(() => {
    const selected = new Set(ids);
    return {
      ids,
      has: (id) => selected.has(id),
      set: (changed, on) => {
        const next = new Set(ids);
        for (const id of changed) {
          if (on) next.add(id);
          else next.delete(id);
        }
        write(key, [...next]);
      },
      replace: (next) => write(key, [...new Set(next)]),
      clear: () => write(key, EMPTY),
    };
  }, [ids, key]);
}
