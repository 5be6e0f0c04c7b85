"use client";

import { useEffect, useSyncExternalStore } from "react";
import { onIntent } from "@/components/ui/on-intent";
import { leavingLink } from "./leaving-link";
import { answer, arrived, askToDiscard, freely, hasUnsaved, question, subscribeToQuestion } from "./unsaved";

const DiscardQuestion = onIntent(() => import("./discard-question").then((part) => part.DiscardQuestion));

/** Once, around everything: asks before unsaved input is lost to a link, to Back or Forward, or with the tab. */
export function UnsavedGuard() {
  useEffect(guard, []);
  const go = useSyncExternalStore(subscribeToQuestion, question, () => null);
  const discard = () => {
    answer();
    go?.();
  };
  return <DiscardQuestion open={go !== null} onClose={() => answer()} onDiscard={discard} />;
}

/** Listens until the returned function is called. */
function guard(): () => void {
  /** This step back to where the screen is was ours. */
  let returning = false;
  let before = 0;

  // In the capture phase, so that the link's own handler, which would already leave, never hears of it.
  const onClick = (event: MouseEvent) => {
    const link = leavingLink(event);
    if (link === null || !hasUnsaved()) return;
    // Taken in place of what was typed, such as the user who has the id already.
    if (link.dataset.unguarded !== undefined) return freely(() => {})();
    event.preventDefault();
    event.stopImmediatePropagation();
    // A link of a menu is gone with it by then.
    askToDiscard(freely(() => (link.isConnected ? link.click() : window.location.assign(link.href))));
  };

  // Before the router, which listens in the bubble phase. The address has changed by now, the screen has not: it goes back
  // to what is on the screen, and further only when that is what the operator wants.
  const onPopState = (event: PopStateEvent) => {
    if (returning) {
      returning = false;
      event.stopImmediatePropagation();
      return;
    }
    if (!hasUnsaved()) {
      arrived();
      return;
    }
    event.stopImmediatePropagation();
    const here = window.navigation?.currentEntry?.index ?? -1;
    const step = window.navigation ? before - here : 1;
    if (step === 0) return;
    returning = true;
    window.history.go(step);
    askToDiscard(freely(() => window.history.go(-step)));
  };
  const onEntryChange = ({ from, navigationType }: NavigationCurrentEntryChangeEvent) => {
    before = from.index;
    if (navigationType === "push") arrived();
  };

  const onBeforeUnload = (event: BeforeUnloadEvent) => {
    if (hasUnsaved()) event.preventDefault();
  };

  document.addEventListener("click", onClick, true);
  window.addEventListener("popstate", onPopState, true);
  window.addEventListener("beforeunload", onBeforeUnload);
  window.navigation?.addEventListener("currententrychange", onEntryChange);
  return () => {
    document.removeEventListener("click", onClick, true);
    window.removeEventListener("popstate", onPopState, true);
    window.removeEventListener("beforeunload", onBeforeUnload);
    window.navigation?.removeEventListener("currententrychange", onEntryChange);
  };
}
