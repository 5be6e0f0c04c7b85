"use client";

import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";

/** Most rows that can be ticked one by one; everything that matches has no limit. */
const TICKED_MAX = 10_000;

export interface Selection {
  /** Everything that the list means is selected, on all of its pages; `ids` says nothing then. */
  readonly all: boolean;
  readonly ids: readonly string[];
  has(id: string): boolean;
  /** Ticks or clears these rows. Ids over the limit stay unticked. */
  set(ids: readonly string[], selected: boolean): void;
  /** Selects exactly these. */
  replace(ids: readonly string[]): void;
  /** Selects everything that the list means. */
  selectAll(): void;
  clear(): void;
}

/** The ids from one to another in the order of the list, both included; the second alone where the first is not there. */
export function idsBetween(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}

interface Stored {
  /** The rows that the list meant when these were ticked. */
  readonly meant: string;
  readonly ids: readonly string[];
  readonly all: boolean;
}

const NOTHING: Stored = { meant: "", ids: [], all: false };
const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string; stored: Stored }>();

function parse(text: string): Stored {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("meant" in value) || !("ids" in value)) return NOTHING;
  const { meant, ids } = value;
  if (typeof meant !== "string" || !Array.isArray(ids)) return NOTHING;
  const all = "all" in value && value.all === true;
  return { meant, ids: ids.filter((id): id is string => typeof id === "string"), all };
}

function read(key: string): Stored {
  const text = sessionStorage.getItem(key);
  if (text === null) return NOTHING;
  const known = parsed.get(key);
  if (known?.text === text) return known.stored;
  const stored = parse(text);
  parsed.set(key, { text, stored });
  return stored;
}

function write(key: string, { meant, ids, all }: Stored) {
  if (ids.length === 0 && !all) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify({ meant, ids: ids.slice(0, TICKED_MAX), all }));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * The ticked rows of a list, by id. Kept in the tab's session storage, so that a selection survives sorting, paging and
 * a look at one row's own page. Give each list of each environment a key of its own.
 *
 * A selection belongs to the rows that the list meant when it was made (`meant`: search and filters). Once the list means
 * others, it is dropped: nobody acts on rows that a search has put out of sight.
 */
export function useSelection(key: string, meant: string): Selection {
  const stored = useSyncExternalStore(
    subscribe,
    useCallback(() => read(key), [key]),
    () => NOTHING,
  );
  const stale = (stored.ids.length > 0 || stored.all) && stored.meant !== meant;
  useEffect(() => {
    if (stale) write(key, NOTHING);
  }, [stale, key]);
  const { ids, all } = stale ? NOTHING : stored;
  return useMemo(() => {
    const selected = new Set(ids);
    const replace = (next: Iterable<string>) => write(key, { meant, ids: [...new Set(next)], all: false });
    return {
      all,
      ids,
      has: (id) => all || selected.has(id),
      set: (changed, on) => {
        const next = new Set(ids);
        for (const id of changed) {
          if (on) next.add(id);
          else next.delete(id);
        }
        replace(next);
      },
      replace,
      selectAll: () => write(key, { meant, ids: [], all: true }),
      clear: () => write(key, NOTHING),
    };
  }, [ids, all, key, meant]);
}
