"use client";

/**
 * Acts that take a fresh proof of who asks: `ConfirmIdentity` shows the question that stands here. What was to be done waits
 * for the answer and is sent again, so nothing that was typed is lost.
 */

/** What is asked now: the answer is whether they have proven it. */
let asked: ((confirmed: boolean) => void) | null = null;
const listeners = new Set<() => void>();

export function subscribeToConfirmation(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isConfirmationAsked = (): boolean => asked !== null;

function ask(next: typeof asked): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** The question is answered. */
export function answerConfirmation(confirmed: boolean): void {
  const waiting = asked;
  ask(null);
  waiting?.(confirmed);
}

/** Asks for a fresh proof; whether there is one. */
export function askToConfirm(): Promise<boolean> {
  // Two acts at once wait for one answer each: the first question is given up.
  answerConfirmation(false);
  return new Promise((resolve) => ask(resolve));
}
