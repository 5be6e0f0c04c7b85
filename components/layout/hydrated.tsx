"use client";

import { useEffect } from "react";

/** Part of the readiness contract: `<html data-hydrated>` says that the page's controls respond. */
export function Hydrated() {
  useEffect(() => {
    document.documentElement.dataset.hydrated = "true";
  }, []);
  return null;
}
