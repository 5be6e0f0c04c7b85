"use client";

import { useSyncExternalStore } from "react";

interface Reachability {
  /** Why the server could not be reached when it was last asked; null: it answered. */
  readonly away: "offline" | "server" | null;
  /** The server runs another version of the console than this page. */
  readonly newVersion: boolean;
}

/** Answers without the database; any answer will do. */
const PROBE = "/healthz";
const PROBE_EVERY_MS = 3_000;

const REACHED: Reachability = { away: null, newVersion: false };
let state = REACHED;
const listeners = new Set<() => void>();
let timer: number | undefined;
let leaving = false;

function set(change: Partial<Reachability>): void {
  const next = { ...state, ...change };
  if (next.away === state.away && next.newVersion === state.newVersion) return;
  state = next;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useReachability(): Reachability {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => REACHED,
  );
}

/** Whether nobody would answer now, as far as is known. */
export const isAway = (): boolean => !navigator.onLine || state.away !== null;

export const noteNewVersion = () => set({ newVersion: true });

/** The server has answered, whatever it said. */
export function noteReached(): void {
  window.clearTimeout(timer);
  timer = undefined;
  set({ away: null });
  // The answer may have been under way when the browser went offline: then this was not the last look.
  if (!navigator.onLine) timer = window.setTimeout(probe, PROBE_EVERY_MS);
}

/** A call found nobody. From now on it is asked every few seconds whether the server is back. */
export function noteUnreached(): void {
  // What a browser cancels because it leaves the page has not failed.
  if (leaving) return;
  set({ away: navigator.onLine ? "server" : "offline" });
  timer ??= window.setTimeout(probe, PROBE_EVERY_MS);
}

/** Asks at once whether the server is there. */
export async function probe(): Promise<void> {
  window.clearTimeout(timer);
  timer = undefined;
  try {
    await fetch(PROBE, { method: "HEAD", cache: "no-store" });
    noteReached();
  } catch {
    noteUnreached();
  }
}

/** Resolves once the server has answered again; at once when it is not known to be away. */
function reached(): Promise<void> {
  if (state.away === null) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = subscribe(() => {
      if (state.away !== null) return;
      stop();
      resolve();
    });
  });
}

const isPageRead = (init: RequestInit | undefined) => {
  const headers = new Headers(init?.headers);
  return (init?.method ?? "GET") === "GET" && headers.has("rsc") && !headers.has("next-router-prefetch");
};

/**
 * Keeps the page when the server cannot be reached. Next would then load the address anew, and the browser's own error page
 * would take the place of everything; so what it reads waits here until the server answers. Changes are never sent twice.
 * Returns what ends it.
 */
export function watchReachability(): () => void {
  const original = window.fetch;
  window.fetch = async (input, init) => {
    if (!isPageRead(init)) return original(input, init);
    for (;;) {
      try {
        const response = await original(input, init);
        noteReached();
        return response;
      } catch (thrown) {
        if (init?.signal?.aborted || leaving || !(thrown instanceof TypeError)) throw thrown;
        noteUnreached();
        await reached();
      }
    }
  };
  const onLeave = () => {
    leaving = true;
  };
  const onReturn = () => {
    leaving = false;
  };
  const onChange = () => void probe();
  window.addEventListener("pagehide", onLeave);
  window.addEventListener("pageshow", onReturn);
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.fetch = original;
    window.removeEventListener("pagehide", onLeave);
    window.removeEventListener("pageshow", onReturn);
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}
