"use client";

import { Clock } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Scope } from "@/components/layout/quota-query";
import { Button } from "@/components/ui/button";
import { useAheadMs } from "@/components/ui/environment-time";
import { onIntent } from "@/components/ui/on-intent";
import { AbsoluteTime, useVisual } from "@/components/ui/time";
import { aheadText } from "./ahead-text";

const MoveClockDialog = onIntent(() => import("./move-clock-dialog").then((part) => part.MoveClockDialog));
const EndClockDialog = onIntent(() => import("./end-clock-dialog").then((part) => part.EndClockDialog));

const TICK_MS = 10_000;

/** Ticks where it stands; the rest of a page is as old as the page. */
function TimeNow({ aheadMs }: { aheadMs: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <AbsoluteTime date={now + aheadMs} />;
}

/** On every screen of a development environment whose clock is ahead: its time, and for who may the ways to move it. */
export function ClockBanner({ scope, mayMove }: { scope: Scope; mayMove: boolean }) {
  const aheadMs = useAheadMs();
  const visual = useVisual();
  const [open, setOpen] = useState<"move" | "end" | null>(null);
  const moveButton = useRef<HTMLButtonElement>(null);
  const endButton = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(null);
  if (aheadMs === 0) return null;
  return (
    <section
      aria-label="Test clock"
      className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-warn-line bg-warn-soft px-3 py-2 text-13"
    >
      <Clock aria-hidden className="size-4 shrink-0 text-warn-ink" />
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-medium">
          Test clock: <TimeNow aheadMs={aheadMs} />
        </strong>{" "}
        {/* It differs from day to day, and pictures that are compared must not. */}
        {visual ? null : <span className="whitespace-nowrap">{aheadText(aheadMs)} ahead of real time</span>}
      </p>
      {mayMove ? (
        <div className="flex flex-wrap gap-2">
          <Button ref={moveButton} size="sm" onClick={() => setOpen("move")}>
            Move forward…
          </Button>
          <Button ref={endButton} size="sm" onClick={() => setOpen("end")}>
            Back to real time
          </Button>
        </div>
      ) : null}
      {open === "move" ? <MoveClockDialog scope={scope} onClose={close} returnFocusTo={moveButton} /> : null}
      {open === "end" ? (
        <EndClockDialog scope={scope} aheadMs={aheadMs} onClose={close} returnFocusTo={endButton} />
      ) : null}
    </section>
  );
}
