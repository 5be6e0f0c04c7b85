"use client";

import { SquareArrowOutUpRight } from "lucide-react";
import { AuditSentence } from "@/components/audit/audit-sentence";
import { usePeek, usePeekKeys } from "@/components/data-table/peek";
import { EndpointError } from "@/components/failure/endpoint-error";
import { failureOfThrown } from "@/components/failure/unanswered";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { LinkButton } from "@/components/ui/button";
import { countText, formatCount } from "@/components/ui/count-text";
import { Kbd } from "@/components/ui/kbd";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import { SidePanel } from "@/components/ui/side-panel";
import { ErrorState } from "@/components/ui/states";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { StateBanner } from "../state-banner";
import { UserSummary, UserSummaryActions } from "../user-summary";
import { usePeekedUser } from "./use-peeked-user";

/** The user of a row beside the list: state, acts, numbers and what was done last. Stands inside a list with `peek`. */
export function UserPeekPanel() {
  const peek = usePeek();
  if (peek === null) throw new Error("<UserPeekPanel> stands inside a <ListScreen> whose list has peek");
  const { userId, close, focusRow } = peek;
  const { base } = useEnvironmentScope();
  usePeekKeys(peek);
  const read = usePeekedUser(userId);
  const user = read.data?.user;
  const gone = read.error instanceof EndpointError && read.error.error.code === "not_found";
  return (
    <SidePanel
      open={userId !== null}
      kicker="User"
      title={<Name text={user?.name || (userId ?? "")} className="font-semibold [overflow-wrap:anywhere]" />}
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
                <RelativeTime real date={entry.at} className="shrink-0 text-ink-faint text-xs" />
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
  const numbers = [
    ["connections", "Connections", formatCount(user.connections)],
    ["friends", "Friends", formatCount(user.friendCount)],
    ["blocklist", "Blocked users", formatCount(user.blockedCount)],
    ["groups", "Groups", countText(user.groups)],
    ["bans", "Bans", countText(user.bans)],
    ["notes", "Notes", formatCount(user.notes)],
  ] as const;
  return (
    <section aria-labelledby="peek-facts" className="flex flex-col gap-2">
      <h3 id="peek-facts" className="font-medium text-13">
        Facts
      </h3>
      <dl className="grid grid-cols-3 gap-x-4 gap-y-3 text-13">
        {numbers.map(([tab, label, number]) => (
          <div key={tab}>
            <dt className="text-ink-muted">{label}</dt>
            <dd>
              <Link href={userHref(base, user.userId, tab)} className="rounded-sm tabular-nums hover:underline">
                {number}
              </Link>
            </dd>
          </div>
        ))}
        {user.tokensValidFrom === null ? null : (
          <div className="col-span-3">
            <dt className="text-ink-muted">Tokens valid from</dt>
            <dd>
              <AbsoluteTime date={user.tokensValidFrom} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
