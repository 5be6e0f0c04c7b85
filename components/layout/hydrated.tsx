"use client";

import { useEffect } from "react";

/**
 * Part of the readiness contract: `<html data-hydrated>` says that the page's controls respond. It stands beside each h1
 * and not in the root layout: what is below a loading boundary responds later than what is above it.
 */
export function Hydrated() {
  useEffect(() => {
    document.documentElement.dataset.hydrated = "true";
  }, []);
  return null;
}
