import { type ReactNode, Suspense } from "react";
import { ErrorReference } from "@/components/failure/error-reference";
import { failureOf } from "@/components/failure/failure";
import { StillReading } from "@/components/failure/still-reading";
import { Alert } from "@/components/ui/alert";
import type { ActionResult } from "@/lib/console/action-result";
import { RetryButton } from "./retry-button";

interface RegionProps<T> {
  /** What it shows, as in "Could not load registrations". */
  what: string;
  /** Started by the page, so that all regions load side by side. Never rejects. */
  data: Promise<ActionResult<T>>;
  /** In the size of what comes; null where mostly nothing comes. */
  skeleton: ReactNode;
  children(data: T): ReactNode;
}

async function Loaded<T>({ what, data, children }: Omit<RegionProps<T>, "skeleton">) {
  const result = await data;
  if (result.ok)
    return (
      <div data-state="ready" className="empty:hidden">
        {children(result.data)}
      </div>
    );
  return (
    <div data-state="error">
      <Alert role="alert" tone="danger" title={`Could not load ${what}`}>
        <p>{failureOf(result.error, "read").sentence}</p>
        <ErrorReference code={result.error.code} requestId={result.error.requestId} />
        <div className="mt-2">
          <RetryButton what={what} />
        </div>
      </Alert>
    </div>
  );
}

/** One part of the overview: loads by itself, fails by itself, can be tried again. Takes no room while it shows nothing. */
export function Region<T>({ skeleton, ...rest }: RegionProps<T>) {
  return (
    <Suspense
      fallback={
        <div data-state="loading" aria-busy="true" className="empty:hidden">
          {skeleton}
          {skeleton === null ? null : <StillReading className="mt-1 text-13 text-ink-muted" />}
        </div>
      }
    >
      <Loaded {...rest} />
    </Suspense>
  );
}
