"use client";

import { useEffect, useSyncExternalStore } from "react";
import { noteUnreached } from "@/components/failure/reachability";

/** Code that comes when somebody means it. */
export interface Late<T = unknown> {
  /** Asks for it. Rejects where it cannot be had; the next call asks again. */
  load(): Promise<T>;
  /** Null until it is here. */
  value(): T | null;
  subscribe(tell: () => void): () => void;
}

/** What has been asked for by nobody yet, of the pages that were opened. */
const rest: Late[] = [];
let isUsed = false;
let loading = false;

const idle = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(() => resolve());
    else setTimeout(resolve, 200);
  });

async function loadRest(): Promise<void> {
  if (loading) return;
  loading = true;
  const { dataset } = document.documentElement;
  dataset.complete = "false";
  for (let code = rest.shift(); code !== undefined; code = rest.shift()) {
    await idle();
    // Nobody waits for it yet: when it is meant, it is asked for again.
    await code.load().catch(() => {});
  }
  loading = false;
  dataset.complete = "true";
}

/**
 * Once, around everything: from the first movement or key on, late code is loaded one piece after the other while nothing else is to
 * be done, so that dialogs and toasts are there when the server is not. Returns what ends the watch.
 */
export function watchUse(): () => void {
  const use = () => {
    isUsed = true;
    end();
    void loadRest();
  };
  const signs = ["pointermove", "pointerdown", "keydown"] as const;
  const end = () => {
    for (const sign of signs) window.removeEventListener(sign, use);
  };
  for (const sign of signs) window.addEventListener(sign, use, { passive: true });
  return end;
}

/** `late(() => import("./heavy").then((part) => part.check))` */
export function late<T>(load: () => Promise<T>): Late<T> {
  let loaded: T | null = null;
  let loading: Promise<T> | null = null;
  const waiting = new Set<() => void>();
  const code: Late<T> = {
    load() {
      loading ??= load().then(
        (value) => {
          loaded = value;
          for (const tell of [...waiting]) tell();
          return value;
        },
        (error: unknown) => {
          loading = null;
          throw error;
        },
      );
      return loading;
    },
    value: () => loaded,
    subscribe(tell) {
      waiting.add(tell);
      return () => waiting.delete(tell);
    },
  };
  rest.push(code);
  if (isUsed) void loadRest();
  return code;
}

const never = () => () => {};

/**
 * The code once it is here, null before; it is asked for while `wanted`. Where it cannot be had, the strip under the header says why,
 * and `onFailed` lets go of what was wanted, so that the next try is a click away.
 */
export function useLate<T>(code: Late<T> | null, wanted: boolean, onFailed?: () => void): T | null {
  const value = useSyncExternalStore(
    code?.subscribe ?? never,
    () => code?.value() ?? null,
    () => null,
  );
  useEffect(() => {
    if (!wanted || code === null || code.value() !== null) return;
    let stays = true;
    code.load().catch(() => {
      noteUnreached();
      if (stays) onFailed?.();
    });
    return () => {
      stays = false;
    };
  }, [wanted, code, onFailed]);
  return value;
}

/** The code for what is done now, such as sending a form; null where it cannot be had, which the strip under the header says. */
export async function taken<T>(code: Late<T>): Promise<T | null> {
  try {
    return await code.load();
  } catch {
    noteUnreached();
    return null;
  }
}

/** Properties for what leads to late code: it is asked for with the pointer over it, the finger on it or the focus. */
export function loadsAhead(...codes: ReadonlyArray<Pick<Late, "load">>) {
  const load = () => {
    // Nobody waits for it yet: when it is meant, it is asked for again.
    for (const code of codes) code.load().catch(() => {});
  };
  return { onPointerEnter: load, onPointerDown: load, onFocus: load };
}
