"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { quotaKey, type Scope } from "@/components/layout/quota-query";
import { quotaQuery } from "@/components/layout/use-quota";
import { EnvironmentTime } from "@/components/ui/environment-time";

interface ShownClockProps {
  scope: Scope;
  /** As the page was read, in milliseconds. */
  aheadMs: number;
  children: ReactNode;
}

/** Every time below is told by the test clock of Development, as the page was read or the header's quota has heard since. */
export function ShownClock({ scope, aheadMs, children }: ShownClockProps) {
  const [shown, setShown] = useState(aheadMs);
  // The header's bar asks; this listens.
  const { data, dataUpdatedAt } = useQuery({ ...quotaQuery(scope), enabled: false });
  useEffect(() => setShown(aheadMs), [aheadMs]);
  useEffect(() => {
    if (data !== undefined && dataUpdatedAt > 0) setShown(data.clockAheadMs);
  }, [data, dataUpdatedAt]);
  return <EnvironmentTime aheadMs={shown}>{children}</EnvironmentTime>;
}

/** Has the page and the header read again, once the clock was moved. */
export function useClockMoved(scope: Scope): () => void {
  const router = useRouter();
  const queries = useQueryClient();
  return () => {
    router.refresh();
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
  };
}
