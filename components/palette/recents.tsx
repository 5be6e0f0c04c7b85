"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { type FrameOperator, type FramePlace, placeBase } from "@/components/layout/frame-data";
import { sectionsOf } from "@/components/layout/sections";
import { useStoredChoice } from "@/components/layout/stored-choice";
import { isRecord } from "@/lib/is-record";

/** Most of each kind that are kept. */
const KEPT = 5;

export interface Recents {
  readonly users: ReadonlyArray<{ readonly userId: string; readonly name: string }>;
  readonly places: ReadonlyArray<{ readonly href: string; readonly label: string }>;
}
type RecentUser = Recents["users"][number];
type RecentPlace = Recents["places"][number];

const NONE: Recents = { users: [], places: [] };

/** What is stored, latest first; what cannot be read counts as nothing. */
export function parseRecents(stored: string | null): Recents {
  if (stored === null) return NONE;
  try {
    const read: unknown = JSON.parse(stored);
    return isRecents(read) ? { users: read.users, places: read.places } : NONE;
  } catch (error) {
    if (error instanceof SyntaxError) return NONE;
    throw error;
  }
}

const areOf = (list: unknown, ...names: readonly string[]) =>
  Array.isArray(list) && list.every((item) => isRecord(item) && names.every((name) => typeof item[name] === "string"));

const isRecents = (read: unknown): read is Recents =>
  isRecord(read) && areOf(read.users, "userId", "name") && areOf(read.places, "href", "label");

/** With one more at the head, never twice and no more than are kept. */
export function withLatest<T>(before: readonly T[], latest: T, idOf: (item: T) => string): T[] {
  return [latest, ...before.filter((item) => idOf(item) !== idOf(latest))].slice(0, KEPT);
}

const Key = createContext<string | null>(null);

/** Whose recent users and places are kept in this browser: those of one operator in one environment. */
export function RecentsProvider(props: { operatorId: string; place: FramePlace | null; children: ReactNode }) {
  const { operatorId, place, children } = props;
  const key = place === null ? null : `recent:${operatorId}:${place.app.id}:${place.environment}`;
  return <Key value={key}>{children}</Key>;
}

/** The recent users and places here, and how to change them. */
function useStoredRecents(): [Recents, (change: (before: Recents) => Recents) => void] {
  const key = useContext(Key);
  const [stored, store] = useStoredChoice(key ?? "recent");
  const change = (by: (before: Recents) => Recents) => {
    if (key === null) return;
    const next = JSON.stringify(by(parseRecents(localStorage.getItem(key))));
    if (next !== stored) store(next);
  };
  return [key === null ? NONE : parseRecents(stored), change];
}

/** What the operator looked at last in this environment, latest first. */
export function useRecents(): Recents {
  return useStoredRecents()[0];
}

/** Keeps the user whose page this is among the recent ones; a user who is not there any more is dropped. */
export function useRecentUser({ userId, name }: RecentUser, isThere = true): void {
  const [, change] = useStoredRecents();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another user or name is news
  useEffect(() => {
    change((before) => ({
      ...before,
      users: isThere
        ? withLatest(before.users, { userId, name }, (user) => user.userId)
        : before.users.filter((user) => user.userId !== userId),
    }));
  }, [userId, name, isThere]);
}

/** Drops a user who is not there any more from the recent ones. */
export function ForgetUser({ userId }: { userId: string }) {
  useRecentUser({ userId, name: "" }, false);
  return null;
}

/** Keeps this page among the recent places. */
export function useRecentPlace(place: RecentPlace | null): void {
  const [, change] = useStoredRecents();
  const { href, label } = place ?? { href: "", label: "" };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another page is news
  useEffect(() => {
    if (href !== "") {
      change((before) => ({ ...before, places: withLatest(before.places, { href, label }, (at) => at.href) }));
    }
  }, [href, label]);
}

/** Keeps the pages of the menu that are opened here. */
export function RememberSections({ place, operator }: { place: FramePlace; operator: FrameOperator }) {
  const pathname = usePathname();
  const base = `${placeBase(place)}/`;
  const open = sectionsOf(place, operator)
    .flatMap((group) => group.sections)
    .find(({ href }) => pathname === href && href.startsWith(base));
  useRecentPlace(open ? { href: open.href, label: open.label } : null);
  return null;
}
