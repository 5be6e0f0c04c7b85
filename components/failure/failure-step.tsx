"use client";

import { RotateCw } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { startTransition, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Failure } from "./failure";
import { reloadKeepingInput } from "./kept-input";
import { useReachability } from "./reachability";

/**
 * The way on from a failure: Retry, Reload, Sign in again, Show what’s there now. What failed because the browser was offline
 * is tried again by itself as soon as it is not.
 */
export function FailureStep({ failure, onRetry, size }: { failure: Failure; onRetry?: () => void; size?: "sm" }) {
  const router = useRouter();
  const pathname = usePathname();
  const { kind, step } = failure;
  useRetryWhenBack(kind === "offline" || kind === "interrupted" || kind === "serverAway" ? onRetry : undefined);
  switch (step) {
    case "retry":
      return onRetry ? (
        <Button size={size} icon={RotateCw} onClick={onRetry}>
          Retry
        </Button>
      ) : null;
    case "reload":
      return (
        <Button size={size} icon={RotateCw} onClick={reloadKeepingInput}>
          Reload
        </Button>
      );
    case "refresh":
      return (
        <Button size={size} icon={RotateCw} onClick={() => startTransition(() => router.refresh())}>
          Show what’s there now
        </Button>
      );
    case "sign-in":
      return (
        <Link
          href={`/sign-in?next=${encodeURIComponent(pathname)}`}
          className="font-medium text-13 text-accent-ink underline"
        >
          Sign in again
        </Link>
      );
    default:
      return null;
  }
}

function useRetryWhenBack(onRetry: (() => void) | undefined): void {
  const { away } = useReachability();
  const was = useRef(away);
  useEffect(() => {
    const back = was.current !== null && away === null;
    was.current = away;
    if (back) onRetry?.();
  }, [away, onRetry]);
}
