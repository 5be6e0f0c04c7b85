"use client";

import { FailedPage } from "@/components/layout/failures";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <FailedPage error={error} reset={reset} />;
}
