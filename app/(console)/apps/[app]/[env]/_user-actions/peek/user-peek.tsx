"use client";

import { useQuery } from "@tanstack/react-query";
import { SquareArrowOutUpRight } from "lucide-react";
import Link from "next/link";
import { AuditSentence } from "@/components/audit/audit-sentence";
import { usePeek, usePeekKeys } from "@/components/data-table/peek";
import { EndpointError } from "@/components/failure/endpoint-error";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Kbd } from "@/components/layout/shortcuts-dialog";
import { LinkButton } from "@/components/ui/button";
import { countText, formatCount } from "@/components/ui/count-text";
import { KeyValueList } from "@/components/ui/key-value-list";
import { SidePanel } from "@/components/ui/side-panel";
import { ErrorState } from "@/components/ui/states";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { StateBanner } from "../state-banner";
import { UserSummary, UserSummaryActions } from "../user-summary";
import { type PeekAnswer, peekedUserOf } from "./peeked-user";

/** The user of a row beside the list: state, acts, numbers and what was done last. Stands inside a list with `peek`. */
export function UserPeek() {
  const peek = usePeek();
  if (peek === null) throw new Error("<UserPeek> stands inside a <ListScreen> whose list has peek");
  const { userId, close, focusRow } = peek;
  const { scope, base } = useEnvironmentScope();
  usePeekKeys(peek);
  const read = useQuery({
    queryKey: ["users", scope.app, scope.env, "peek", userId],
    queryFn: async ({ signal }) =>
      peekedUserOf(
        await fetchJson<PeekAnswer>(
          `/api/apps/${scope.app}/${scope.env}/users/${encodeURIComponent(userId ?? "")}/peek`,
          signal,
        ),
      ),
    enabled: userId !== null,
    retry: false,
  });
  const user = read.data?.user;
  const gone = read.error instanceof EndpointError && read.error.error.code === "not_found";
  return (
    <SidePanel
      open={userId !== null}
      kicker="User"
      title={<span className="font-semibold [overflow-wrap:anywhere]">{user?.name || userId}</span>}
      busy={read.isPending}
      onClose={close}
      onClosed={focusRow}
    >
      {read.data ? (
        <Content {...read.data} />
      ) : gone ? (
        <p className="text-13 text-ink-muted">This user is no longer registered.</p>
      ) : read.isError ? (
        <ErrorState
          title="Could not load the user"
          error={failureOfThrown(read.error, "read")}
          onRetry={() => void read.refetch()}
        />
      ) : (
        <p role="status" className="text-13 text-ink-muted">
          Loading…
        </p>
      )}
      {userId === null ? null : (
        <p className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-faint text-xs pointer-coarse:hidden">
          <span className="flex items-center gap-1">
            <Kbd>j</Kbd> <Kbd>k</Kbd> next, previous
          </span>
          <span className="flex items-center gap-1">
            <Kbd>Esc</Kbd> close
          </span>
          <Link href={userHref(base, userId)} className="sr-only focus:not-sr-only">
            Open the page of {userId}
          </Link>
        </p>
      )}
    </SidePanel>
  );
}

function Content({ user, activity }: { user: UserDetail; activity: readonly AuditRow[] }) {
  const { base } = useEnvironmentScope();
  return (
    <div className="flex flex-col gap-5">
      <UserSummary user={user} />
      <div className="flex flex-wrap items-center gap-2">
        <LinkButton href={userHref(base, user.userId)} icon={SquareArrowOutUpRight}>
          Open page
        </LinkButton>
        <UserSummaryActions user={user} />
      </div>
      <StateBanner user={user} />
      <Facts user={user} />
      <section aria-labelledby="peek-activity" className="flex flex-col gap-2">
        <div className="flex items-baseline justify-between gap-4">
          <h3 id="peek-activity" className="font-medium text-13">
            Latest activity
          </h3>
          {user.activity.count > activity.length ? (
            <Link
              href={userHref(base, user.userId, "activity")}
              className="rounded-sm font-medium text-13 text-accent-ink hover:underline"
            >
              All {countText(user.activity)} entries
            </Link>
          ) : null}
        </div>
        {activity.length === 0 ? (
          <p className="text-13 text-ink-muted">No activity yet.</p>
        ) : (
          <ul className="flex flex-col divide-y text-13">
            {activity.map((entry) => (
              <li key={entry.id} className="flex items-baseline justify-between gap-4 py-2">
                <AuditSentence entry={entry} base={base} />
                <RelativeTime date={entry.at} className="shrink-0 text-ink-faint text-xs" />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Facts({ user }: { user: UserDetail }) {
  const { base } = useEnvironmentScope();
  const link = (tab: string, text: string) => (
    <Link href={userHref(base, user.userId, tab)} className="rounded-sm tabular-nums hover:underline">
      {text}
    </Link>
  );
  return (
    <section aria-labelledby="peek-facts">
      <h3 id="peek-facts" className="font-medium text-13">
        Facts
      </h3>
      <KeyValueList
        items={[
          { key: "Connections", value: link("connections", formatCount(user.connections)) },
          { key: "Friends", value: link("friends", formatCount(user.friendCount)) },
          { key: "Blocked users", value: link("blocklist", formatCount(user.blockedCount)) },
          { key: "Groups", value: link("groups", countText(user.groups)) },
          { key: "Bans", value: link("bans", countText(user.bans)) },
          { key: "Notes", value: link("notes", formatCount(user.notes)) },
          ...(user.tokensValidFrom === null
            ? []
            : [
                {
                  key: "Tokens valid from",
                  value: <AbsoluteTime date={user.tokensValidFrom} />,
                },
              ]),
        ]}
      />
    </section>
  );
}
