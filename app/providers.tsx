"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { FailureWatch } from "@/components/failure/connection-notice";
import { EndpointError } from "@/components/failure/endpoint-error";
import { UnsavedGuard } from "@/components/form/unsaved-guard";
import { AppliedDisplay } from "@/components/layout/theme";
import { watchUse } from "@/components/ui/late";
import { Toaster } from "@/components/ui/toaster";
import { ConfirmIdentity } from "./_confirm/confirm-identity";

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 10_000,
            // Once more when nobody answered; what the server has said stands.
            retry: (tries, error) =>
              tries < 1 && error instanceof EndpointError && error.error.code === "server_unreachable",
            refetchOnWindowFocus: false,
            // Offline, what is asked fails and says so, instead of waiting without a word.
            networkMode: "always",
            refetchOnReconnect: true,
          },
        },
      }),
  );
  useEffect(watchUse, []);
  return (
    <QueryClientProvider client={client}>
      <AppliedDisplay />
      <FailureWatch />
      {children}
      <UnsavedGuard />
      <ConfirmIdentity />
      <Toaster />
    </QueryClientProvider>
  );
}
