"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/failure/fetch-json";
import { countText, plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { CARD_BOX } from "./count-card";

interface Online {
  readonly users: CappedCount;
  readonly connections: CappedCount;
}

const POLL_MS = 5_000;

/** Users with a live connection, counted anew every few seconds; leads to their list. */
export function OnlineNow({
  scope,
  href,
  initial,
}: {
  scope: { app: string; env: string };
  href: string;
  initial: Online;
}) {
  const { data, isError } = useQuery({
    queryKey: ["overview", "online", scope.app, scope.env],
    queryFn: ({ signal }) => fetchJson<Online>(`/api/apps/${scope.app}/${scope.env}/overview/online`, signal),
    initialData: initial,
    refetchInterval: POLL_MS,
  });
  const { users, connections } = data;
  return (
    <Link href={href} className={`${CARD_BOX} transition-colors duration-100 hover:border-line-strong`}>
      <span className="text-13 text-ink-muted">Online now</span>
      <span className="font-semibold text-figure tabular-nums">{countText(users)}</span>
      <span className="mt-auto text-ink-muted text-xs">
        {isError
          ? "The console isn’t answering"
          : connections.count === 0
            ? "No one is connected"
            : connections.capped
              ? `${countText(connections)} connections`
              : `on ${plural(connections.count, "connection")}`}
      </span>
    </Link>
  );
}
