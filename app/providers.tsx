"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { UnsavedGuard } from "@/components/form/unsaved-guard";
import { AppliedTheme } from "@/components/layout/theme";
import { Toaster } from "@/components/ui/toaster";

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1, refetchOnWindowFocus: false } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <AppliedTheme />
      {children}
      <UnsavedGuard />
      <Toaster />
    </QueryClientProvider>
  );
}
