"use client";

import { useEffect, useState } from "react";

/**
 * Input that has not been saved, whoever holds it: forms and dialogs say here that they do, and whatever would leave them
 * asks first. `UnsavedGuard` asks for links, Back and Forward, and the browser for closing; dialogs ask for themselves.
 */

/** Whether a form or a dialog holds something that leaving would lose. Asked when it matters, not watched. */
type Source = () => boolean;

const sources = new Set<Source>();

/** The operator has decided to leave: the next step off the page is not asked about. */
let free = false;

/** Whether leaving this page would lose something that the operator has not given up. */
export const hasUnsaved = (): boolean => !free && [...sources].some((holds) => holds());

/** Goes without a further question. */
export const freely = (go: () => void) => () => {
  free = true;
  go();
};

/** The page was left, so there is something to ask about again. */
export function arrived(): void {
  free = false;
}

/** What is asked about now: going on is what was about to lose the input. */
let asked: (() => void) | null = null;
const listeners = new Set<() => void>();

export function subscribeToQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const question = (): (() => void) | null => asked;

/** Asks whether to discard what was typed; `go` runs when the answer is yes. */
export function askToDiscard(go: () => void): void {
  answer(go);
}

/** The question is answered, or another one is asked. */
export function answer(next: (() => void) | null = null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** For code that leaves the page by itself, such as `router.push`: goes at once where nothing is lost, and asks otherwise. */
export function leave(go: () => void): void {
  if (hasUnsaved()) askToDiscard(freely(go));
  else go();
}

/** While true, leaving the page or closing the tab asks first. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const holds = () => true;
    sources.add(holds);
    return () => {
      sources.delete(holds);
    };
  }, [unsaved]);
}

const CONTROLS = ["textarea", "input:not([type])"]
  .concat(
    ["text", "url", "email", "tel", "number", "password", "date", "datetime-local"].map((t) => `input[type=${t}]`),
  )
  .join(",");

type Control = HTMLInputElement | HTMLTextAreaElement;

const isControl = (target: EventTarget | null): target is Control =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.matches(CONTROLS);

/** The text controls inside of one element, and whether one of them has another text than in the beginning. */
class TypedText {
  private box: HTMLElement | null = null;
  private first = new WeakMap<Control, string>();

  readonly ref = (box: HTMLElement | null) => {
    if (box === null) return;
    this.box = box;
    for (const control of this.controls()) this.note(control);
    // Those that appear later are as they should be until somebody comes to them.
    const onFocus = ({ target }: FocusEvent) => isControl(target) && this.note(target);
    box.addEventListener("focusin", onFocus);
    return () => {
      box.removeEventListener("focusin", onFocus);
      this.box = null;
    };
  };

  readonly isTyped: Source = () =>
    this.controls().some((control) => {
      const first = this.first.get(control);
      return first !== undefined && first !== control.value && !control.closest("[data-unguarded]");
    });

  /** What stands there now is saved. */
  readonly keep = () => {
    this.first = new WeakMap();
    for (const control of this.controls()) this.note(control);
  };

  private controls = () => [...(this.box?.querySelectorAll<Control>(CONTROLS) ?? [])];
  private note = (control: Control) => {
    if (!this.first.has(control)) this.first.set(control, control.value);
  };
}

/**
 * Watches over the text that is typed inside of the element that gets `ref`: leaving the page asks first while there is
 * any. Nothing below `data-unguarded` counts, such as the phrase that is typed to confirm.
 */
export function useTypedText(): TypedText {
  const [typed] = useState(() => new TypedText());
  useEffect(() => {
    sources.add(typed.isTyped);
    return () => {
      sources.delete(typed.isTyped);
    };
  }, [typed]);
  return typed;
}
