"use client";

import { UserPlus, Users } from "lucide-react";
import type { ReactNode } from "react";
import { signedCurl } from "@/components/code/signed-curl";
import { useList } from "@/components/data-table/list";
import { CodeBlock } from "@/components/ui/id";
import { EmptyState, ErrorState, NoMatchState } from "@/components/ui/states";
import type { ActionError } from "@/lib/console/action-result";
import type { UserFilter } from "@/lib/core/users/list-schema";
import { PRESENCE_WORDS, STATUS_WORDS } from "./user-filters";

interface NoUsersProps {
  apiUrl: string;
  appKey: string;
  /** The button that registers one; absent where the role may not. */
  action: ReactNode;
}

/** Nobody was ever registered here. */
export function NoUsers({ apiUrl, appKey, action }: NoUsersProps) {
  return (
    <div className="pb-8">
      <EmptyState icon={UserPlus} title="No users yet" actions={action} className="pb-6">
        <p>
          A user appears here when its first access token is issued: here, or by your app server with the call below.
        </p>
      </EmptyState>
      <div className="mx-auto max-w-2xl px-4">
        <CodeBlock
          label="curl that registers a user"
          code={signedCurl({
            apiUrl,
            appKey,
            path: "/v4/auth/access-token/issue",
            body: { userId: "alice", name: "Alice" },
          })}
        />
      </div>
    </div>
  );
}

/** There are users, and none of them matches. */
export function NoUserMatches({ filter }: { filter: UserFilter }) {
  const { go } = useList();
  const filtered =
    filter.status !== "all" || filter.presence !== "any" || filter.from !== undefined || filter.to !== undefined;
  const parts = [
    ...(filter.q ? [`“${filter.q}”`] : []),
    ...(filter.status !== "all" ? [`status ${STATUS_WORDS[filter.status]}`] : []),
    ...(filter.presence !== "any" ? [PRESENCE_WORDS[filter.presence].toLowerCase()] : []),
    ...(filter.from || filter.to ? ["the created range"] : []),
  ];
  return (
    <NoMatchState
      title={`No users match ${parts.join(", ")}`}
      onClearSearch={filter.q ? () => go({ q: null }) : undefined}
      onClearFilters={filtered ? () => go({ status: null, presence: null, from: null, to: null }) : undefined}
    />
  );
}

/** A later page that has become empty, such as after deleting its users. */
export function PageIsEmpty() {
  const { go } = useList();
  return (
    <EmptyState
      icon={Users}
      title="Nothing on this page any more"
      actions={
        <button
          type="button"
          className="h-8 rounded-md border bg-surface px-3 font-medium text-13 shadow-raised hover:bg-hover"
          onClick={() => go({ cursor: null })}
        >
          Go to the first page
        </button>
      }
    />
  );
}

export function UsersFailed({ error }: { error: ActionError }) {
  const { refresh } = useList();
  return (
    <ErrorState
      title="Could not load users"
      cause={error.message}
      code={error.code}
      requestId={error.requestId}
      onRetry={refresh}
    />
  );
}
