"use client";

import { useEffect, useState } from "react";

const SLOW_MS = 2_000;
const STUCK_MS = 12_000;

/**
 * What is said while something is read that takes long: after two seconds that it goes on, after twelve that no answer
 * comes. (The server itself gives up after ten and then says why.) Mounted while it is read.
 */
export function StillReading({ className }: { className?: string }) {
  const [waited, setWaited] = useState<"short" | "long" | "too long">("short");
  useEffect(() => {
    const timers = [
      window.setTimeout(() => setWaited("long"), SLOW_MS),
      window.setTimeout(() => setWaited("too long"), STUCK_MS),
    ];
    return () => {
      for (const timer of timers) window.clearTimeout(timer);
    };
  }, []);
  return (
    <p role="status" className={className}>
      {waited === "short"
        ? ""
        : waited === "long"
          ? "Still loading…"
          : "Still loading. The server isn’t answering yet."}
    </p>
  );
}
