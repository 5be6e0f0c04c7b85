"use client";

import { FailedPage } from "@/components/layout/failures";
import { LonePage } from "@/components/layout/lone-page";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <LonePage>
      <FailedPage error={error} reset={reset} />
    </LonePage>
  );
}
