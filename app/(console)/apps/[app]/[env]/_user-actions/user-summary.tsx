"use client";

import { Ban, MessageSquareOff, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { testRunHref } from "@/components/layout/hrefs";
import { Avatar } from "@/components/ui/avatar";
import { Badge, EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { OnlineText, UserStatusBadge, whySoftDeleted } from "@/components/users/user-status";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { useUserActions } from "./user-actions";
import { UserActionsMenu } from "./user-actions-menu";

/** Who a user is, and how they stand: on their page and in the panel beside a list. `heading` is their name, where it stands here. */
export function UserSummary({ user, heading }: { user: UserDetail; heading?: ReactNode }) {
  const { base, environment } = useEnvironmentScope();
  return (
    <div className="flex min-w-0 items-start gap-4 sm:items-center">
      <Avatar name={user.name || user.userId} url={user.avatarUrl} size="lg" />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {heading}
          <UserStatusBadge user={user} />
          {user.directMutedAt ? (
            <Badge tone="warn" icon={MessageSquareOff}>
              Muted
            </Badge>
          ) : null}
          <EnvironmentBadge environment={environment} />
        </div>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-muted">
          <Id value={user.userId} copyLabel={`Copy ID ${user.userId}`} className="text-ink" />
          <span>
            Created <RelativeTime date={user.createdAt} />
          </span>
          <OnlineText connections={user.connections} />
          <span>
            {user.lastSeenAt ? (
              <>
                Last seen <RelativeTime date={user.lastSeenAt} />
              </>
            ) : (
              "Never seen"
            )}
          </span>
          {user.testRun === null ? null : (
            <span>
              Test run{" "}
              <Link
                href={testRunHref(base, user.testRun)}
                className="rounded-sm font-mono text-[0.92em] text-accent-ink hover:underline"
              >
                {user.testRun}
              </Link>
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

/** What is done most with a user, and the menu of the rest. */
export function UserSummaryActions({ user }: { user: UserDetail }) {
  const { whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const noRole = whyNot("users.ban");
  const noBan = noRole ?? whySoftDeleted(user);
  const target = { ...user, banId: user.currentBan?.id };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {user.bannedUntil ? (
        <Button
          icon={ShieldCheck}
          disabled={noRole !== null}
          title={noRole ?? undefined}
          pending={actions.pending}
          onClick={() => actions.unban([target])}
        >
          Unban
        </Button>
      ) : (
        <Button
          icon={Ban}
          variant="danger-quiet"
          disabled={noBan !== null}
          title={noBan ?? undefined}
          onClick={(event) => actions.ban([target], event.currentTarget)}
        >
          Ban…
        </Button>
      )}
      <UserActionsMenu user={target} look="page" />
    </div>
  );
}
