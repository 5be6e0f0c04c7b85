"use client";

import { useLayoutEffect } from "react";
import { VISUAL_KEY } from "@/components/ui/time-format";
import { THEME_CHANGED, THEME_KEY } from "./display-script";
import { useStoredChoice } from "./stored-choice";

export type Theme = "system" | "light" | "dark";

/** The operator's choice of theme in this browser, and how to change it. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [stored, store] = useStoredChoice(THEME_KEY);
  const theme = stored === "light" || stored === "dark" ? stored : "system";
  return [theme, (next) => store(next === "system" ? null : next)];
}

/**
 * Keeps the theme, and that pictures are taken, on `<html>` for as long as the page lives. The script in the head does so before the first paint, but a
 * page that React draws anew from the root, such as "not found", replaces `<html>` and runs no script.
 */
export function AppliedDisplay() {
  useLayoutEffect(() => {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      let chosen: string | null = null;
      const { classList, dataset } = document.documentElement;
      try {
        chosen = localStorage.getItem(THEME_KEY);
        const visual = new URLSearchParams(location.search).get(VISUAL_KEY);
        if (visual === "on") localStorage.setItem(VISUAL_KEY, visual);
        if (visual === "off") localStorage.removeItem(VISUAL_KEY);
        if (localStorage.getItem(VISUAL_KEY) === "on") dataset.visual = "on";
      } catch {
        // Storage is closed to this page: the system's theme holds.
      }
      classList.toggle("dark", chosen === "dark" || (chosen !== "light" && system.matches));
    };
    apply();
    system.addEventListener("change", apply);
    window.addEventListener(THEME_CHANGED, apply);
    window.addEventListener("storage", apply);
    return () => {
      system.removeEventListener("change", apply);
      window.removeEventListener(THEME_CHANGED, apply);
      window.removeEventListener("storage", apply);
    };
  }, []);
  return null;
}
