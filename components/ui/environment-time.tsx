"use client";

import { createContext, type ReactNode, useContext } from "react";

const AheadMs = createContext(0);

/** Below it, "now" is the time of an environment whose test clock is so far ahead, in milliseconds. */
export function EnvironmentTime({ aheadMs, children }: { aheadMs: number; children: ReactNode }) {
  return <AheadMs value={aheadMs}>{children}</AheadMs>;
}

/** How far the time of the environment that is shown is ahead of this browser's, in milliseconds; 0 nearly always. */
export const useAheadMs = (): number => useContext(AheadMs);
