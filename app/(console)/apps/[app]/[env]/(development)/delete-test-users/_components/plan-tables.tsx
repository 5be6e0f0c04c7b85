import type { ReactNode } from "react";
import { userHref } from "@/components/layout/hrefs";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import type { DeletionPlan, SkipReason } from "@/lib/core/deletion/schema";

const SKIPPED: Record<SkipReason, string> = {
  not_found: "No user has this ID in Development",
};

const cell = "h-10 border-b px-4 text-left font-normal whitespace-nowrap group-last/row:border-b-0";
const head = "sticky top-0 z-10 h-9 border-b bg-surface px-4 text-left font-medium whitespace-nowrap text-ink-muted";

function ScrollTable({ caption, headers, children }: { caption: string; headers: string[]; children: ReactNode }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={caption}
      className="focus-inset max-h-88 overflow-auto border-t"
    >
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {headers.map((header) => (
              <th key={header} scope="col" className={head}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Who will be deleted, in id order. */
export function CandidatesTable({ base, plan }: { base: string; plan: DeletionPlan }) {
  return (
    <>
      <ScrollTable caption="Users who will be deleted" headers={["User", "State", "Created", "Last seen"]}>
        {plan.willDelete.map((user) => (
          <tr key={user.userId} className="group/row">
            <th scope="row" className={cell}>
              <Link
                href={userHref(base, user.userId)}
                target="_blank"
                className="rounded-sm font-mono text-[0.92em] hover:underline"
                aria-label={`${user.userId} (opens in a new tab)`}
              >
                {user.userId}
              </Link>
              {user.name === user.userId ? null : <span className="ml-2 text-ink-muted">{user.name}</span>}
            </th>
            <td className={cell}>
              {user.softDeletedAt !== null ? (
                <Badge>Soft-deleted</Badge>
              ) : user.bannedUntil !== null ? (
                <Badge tone="warn">Banned</Badge>
              ) : (
                "Active"
              )}
            </td>
            <td className={cell}>
              <RelativeTime date={user.createdAt} />
            </td>
            <td className={cell}>{user.lastSeenAt === null ? "Never" : <RelativeTime date={user.lastSeenAt} />}</td>
          </tr>
        ))}
      </ScrollTable>
      {plan.count > plan.willDelete.length ? (
        <p className="border-t px-4 py-2 text-13 text-ink-muted">
          The first {formatCount(plan.willDelete.length)} of {formatCount(plan.count)} are listed.
        </p>
      ) : null}
    </>
  );
}

/** Which of the named ids will not be deleted, and why. */
export function SkippedTable({ plan }: { plan: DeletionPlan }) {
  return (
    <>
      <ScrollTable caption="IDs that will be skipped" headers={["ID", "Why"]}>
        {plan.skipped.map(({ userId, reason }) => (
          <tr key={userId} className="group/row">
            <th scope="row" className={cell}>
              <code className="text-[0.92em]">{userId}</code>
            </th>
            <td className={`${cell} text-ink-muted`}>{SKIPPED[reason]}</td>
          </tr>
        ))}
      </ScrollTable>
      {plan.skippedCount > plan.skipped.length ? (
        <p className="border-t px-4 py-2 text-13 text-ink-muted">
          The first {formatCount(plan.skipped.length)} of {formatCount(plan.skippedCount)} are listed.
        </p>
      ) : null}
    </>
  );
}
