"use client";

import { useEffect } from "react";
import { CONFIRMED_CHANNEL } from "@/components/operators/issuer";
import { Button } from "@/components/ui/button";

/** Tells the window that waits; null: confirmed. */
export function TellConfirmed({ failure }: { failure: string | null }) {
  useEffect(() => {
    const channel = new BroadcastChannel(CONFIRMED_CHANNEL);
    channel.postMessage(failure);
    channel.close();
    if (failure === null) window.close();
  }, [failure]);
  return (
    <Button size="lg" className="w-full" onClick={() => window.close()}>
      Close
    </Button>
  );
}
