"use client";

import { UserPlus } from "lucide-react";
import type { ReactNode } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { signedCurl } from "@/components/code/signed-curl";
import { CodeBlock } from "@/components/ui/id";
import { EmptyState } from "@/components/ui/states";

/** Nobody was ever registered here; `action` is the button that registers one. */
export function NoUsers({ action }: { action: ReactNode }) {
  const place = useApiPlace();
  return (
    <div className="pb-8">
      <EmptyState icon={UserPlus} title="No users yet" actions={action} className="pb-6">
        <p>Register one here, or let your app server do it with the call below.</p>
      </EmptyState>
      {place === null ? null : (
        <div className="mx-auto max-w-2xl px-4">
          <CodeBlock
            label="curl that registers a user"
            code={signedCurl({
              ...place,
              path: "/v4/auth/access-token/issue",
              body: { userId: "alice", name: "Alice" },
            })}
          />
        </div>
      )}
    </div>
  );
}
