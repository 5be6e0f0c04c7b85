"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";

/**
 * Code and request id behind "Details", to copy into a report. Closed they are out of sight and still read out, since tests and
 * screen readers go by the code.
 */
export function ErrorReference({
  code,
  requestId,
  className,
}: {
  code: string;
  requestId: string;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const details = useRef<HTMLSpanElement>(null);
  // In a dialog that scrolls they would open out of sight.
  useEffect(() => {
    if (open) details.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  const text = `Code ${code}${requestId === "" ? "" : `, request ID ${requestId}`}`;
  return (
    <span className={cn("flex flex-wrap items-center gap-x-2 gap-y-0.5 text-ink-muted text-xs", className)}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-6 items-center gap-0.5 rounded-sm hover:text-ink"
      >
        <ChevronRight aria-hidden className={cn("size-3.5", open && "rotate-90")} /> Details
      </button>
      <span
        ref={details}
        className={open ? "flex w-full flex-wrap items-center gap-x-2 [justify-content:inherit]" : "sr-only"}
      >
        <span>
          Code <code>{code}</code>
        </span>{" "}
        <span>
          {requestId === "" ? null : (
            <>
              Request ID <code className="break-all">{requestId}</code>{" "}
            </>
          )}
          {open ? <CopyButton text={text} label="Copy details" className="size-6 align-middle" /> : null}
        </span>
      </span>
    </span>
  );
}
