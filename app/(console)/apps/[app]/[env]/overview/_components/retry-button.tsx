"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Reads the page's data again; what has loaded stays on the screen meanwhile. */
export function RetryButton({ label = "Retry", what }: { label?: string; what: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      size="sm"
      icon={RotateCw}
      pending={pending}
      aria-label={`${label}: ${what}`}
      onClick={() => startTransition(() => router.refresh())}
    >
      {label}
    </Button>
  );
}
