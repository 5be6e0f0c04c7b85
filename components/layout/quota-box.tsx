"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { StillReading } from "@/components/failure/still-reading";
import { failureOfThrown } from "@/components/failure/unanswered";
import { ErrorState } from "@/components/ui/states";
import { QuotaDetails } from "./quota-details";
import type { QuotaAnswer, Scope } from "./quota-query";

interface QuotaBoxProps {
  quota: UseQueryResult<QuotaAnswer>;
  scope: Scope;
  mayFree: boolean;
  onNavigate: () => void;
}

/** What fills the quota, as far as it is known. */
export function QuotaBox({ quota, scope, mayFree, onNavigate }: QuotaBoxProps) {
  if (quota.data) return <QuotaDetails quota={quota.data} scope={scope} mayFree={mayFree} onNavigate={onNavigate} />;
  if (quota.isError) {
    return (
      <ErrorState
        title="Could not load the quota"
        error={failureOfThrown(quota.error, "read")}
        onRetry={() => void quota.refetch()}
      />
    );
  }
  return (
    <div>
      <p className="text-13 text-ink-muted">Loading…</p>
      <StillReading className="text-13 text-ink-muted" />
    </div>
  );
}
