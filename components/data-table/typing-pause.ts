import { type RefObject, useEffect } from "react";
import { leavingLink } from "@/components/form/leaving-link";

const PAUSE_MS = 250;

/**
 * Calls `send` a quarter of a second after the last change of `text`, unless that is what was `sent`. Not once a link was followed:
 * the page that it leads to is what is wanted, and a list that is asked for meanwhile would take its place.
 */
export function useTypingPause(text: string, sent: RefObject<string>, send: () => void): void {
  useEffect(() => {
    if (text.trim() === sent.current.trim()) return;
    const timer = setTimeout(send, PAUSE_MS);
    const left = (event: MouseEvent) => {
      if (leavingLink(event) !== null) clearTimeout(timer);
    };
    document.addEventListener("click", left, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("click", left, true);
    };
  }, [text, sent, send]);
}
