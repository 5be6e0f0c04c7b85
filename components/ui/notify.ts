import type { ReactNode } from "react";

/** For a dialog's or panel's `onInteractOutside`: a toast is no part of it, and pressing its button does not close it. */
export function keepForToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest("[data-sonner-toaster]") !== null) event.preventDefault();
}

export interface NotifyOptions {
  description?: ReactNode;
  /** The inverse of what was done, or where to look: "Undo", "View". */
  action?: { label: string; onClick: () => void };
}

export interface Toast {
  readonly id: number;
  readonly tone: "success" | "failure";
  /** Null takes it away. */
  readonly message: ReactNode;
  readonly options: NotifyOptions;
}

let last = 0;
/** Told before the box was there to show them. */
const waiting: Toast[] = [];
const wanted = new Set<() => void>();
let show = (toast: Toast): void => {
  waiting.push(toast);
  for (const want of wanted) want();
};

function tell(tone: Toast["tone"], message: ReactNode, options: NotifyOptions): number {
  last += 1;
  show({ id: last, tone, message, options });
  return last;
}

/** Toasts: only after the server has answered, and never the only place where a failure is said. */
export const notify = {
  success: (message: ReactNode, options: NotifyOptions = {}) => tell("success", message, options),
  failure: (message: ReactNode, options: NotifyOptions = {}) => tell("failure", message, options),
  /** Takes one away whose action is gone with its page. */
  dismiss: (id: number | null) => {
    if (id !== null) show({ id, tone: "success", message: null, options: {} });
  },
};

/** For the box: it shows toasts from now on. */
export function showToasts(by: (toast: Toast) => void): void {
  show = by;
  for (const toast of waiting.splice(0)) by(toast);
}

/** Calls when the box is needed to show one. Returns what ends it. */
export function whenToastsWanted(want: () => void): () => void {
  wanted.add(want);
  return () => {
    wanted.delete(want);
  };
}
