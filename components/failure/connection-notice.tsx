"use client";

import { CircleAlert, RefreshCw, WifiOff } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { reloadKeepingInput, restoreInput, watchInput } from "./kept-input";
import { probe, useReachability, watchReachability } from "./reachability";

/** Watches the way to the server and what is typed, once for the whole console. */
export function FailureWatch() {
  useEffect(() => {
    const stops = [watchReachability(), watchInput()];
    let told = false;
    const stopRestoring = restoreInput(({ filled, dialogs }) => {
      if (filled > 0 && dialogs.length === 0) notify.success("Reloaded. What you typed is back.");
      else if (dialogs.length > 0 && !told) {
        told = true;
        notify.success("Reloaded. What you typed is kept.", {
          description: `Open “${dialogs.join("”, “")}” again to continue.`,
        });
      }
    });
    if (!navigator.onLine) void probe();
    return () => {
      stopRestoring?.();
      for (const stop of stops) stop();
    };
  }, []);
  return null;
}

function Strip({ icon: Icon, children, action }: { icon: typeof WifiOff; children: ReactNode; action: ReactNode }) {
  return (
    <div
      role="status"
      data-notice
      className="flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-1 border-warn-line border-b bg-warn-soft px-4 py-1 text-13 text-ink"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-warn-ink" />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}

/** Under the header while the server cannot be reached, or when it runs another version than this page. */
export function ConnectionNotice() {
  const { away, newVersion } = useReachability();
  const [asking, setAsking] = useState(false);
  if (away !== null) {
    const askNow = async () => {
      setAsking(true);
      await probe();
      setAsking(false);
    };
    const retry = (
      <Button size="sm" pending={asking} onClick={() => void askNow()}>
        Try now
      </Button>
    );
    return away === "offline" ? (
      <Strip icon={WifiOff} action={retry}>
        <strong className="font-medium">You’re offline.</strong> This page may be out of date. It loads again when
        you’re back online.
      </Strip>
    ) : (
      <Strip icon={CircleAlert} action={retry}>
        <strong className="font-medium">Can’t reach the server.</strong> Trying again every few seconds.
      </Strip>
    );
  }
  if (!newVersion) return null;
  return (
    <Strip
      icon={RefreshCw}
      action={
        <Button size="sm" onClick={reloadKeepingInput}>
          Reload
        </Button>
      }
    >
      <strong className="font-medium">A new version of the console is running.</strong> Reload to use it. What you typed
      is kept.
    </Strip>
  );
}
