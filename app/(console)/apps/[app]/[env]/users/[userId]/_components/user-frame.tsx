"use client";

import { Ban, MessageSquareOff, ShieldCheck } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useRef } from "react";
import { BackCrumb } from "@/components/data-table/back-crumb";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Hydrated } from "@/components/layout/hydrated";
import { useRecentUser } from "@/components/palette/recents";
import { Avatar } from "@/components/ui/avatar";
import { Badge, EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCount, tabCount } from "@/components/ui/count-text";
import { Id } from "@/components/ui/id";
import { TabLinks } from "@/components/ui/tab-links";
import { RelativeTime } from "@/components/ui/time";
import { OnlineText, UserStatusBadge, whySoftDeleted } from "@/components/users/user-status";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { useUserActions } from "../../../_user-actions/user-actions";
import { UserActionsMenu } from "../../../_user-actions/user-actions-menu";
import { UserActionsProvider } from "../../../_user-actions/user-actions-provider";
import { AskedAct } from "./asked-act";
import { ReadingContext, useLatestReading } from "./shown-user";
import { StateBanner } from "./state-banner";

interface UserFrameProps extends EnvironmentScopeProps {
  user: UserDetail;
  /** When it was read, in Unix milliseconds. */
  readAt: number;
  children: ReactNode;
}

/** Header, state and tabs of one user's page; the tab's content inside. */
export function UserFrame({ app, environment, role, closed, user, readAt, children }: UserFrameProps) {
  const router = useRouter();
  const { user: latest, tell } = useLatestReading({ user, readAt });
  return (
    <EnvironmentScopeProvider app={app} environment={environment} role={role} closed={closed}>
      <UserActionsProvider onDeleted={() => router.push(`/apps/${app}/${environment}/users`)}>
        {latest === null ? null : <UserHeader user={latest} />}
        {latest === null ? null : <AskedAct user={latest} />}
        <ReadingContext value={tell}>
          <div className={latest === null ? undefined : "pt-6"}>{children}</div>
        </ReadingContext>
      </UserActionsProvider>
    </EnvironmentScopeProvider>
  );
}

function UserHeader({ user }: { user: UserDetail }) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const pathname = usePathname();
  useRecentUser(user);
  const banButton = useRef<HTMLButtonElement>(null);
  const noRole = whyNot("users.ban");
  const noBan = noRole ?? whySoftDeleted(user);
  const target = { ...user, banId: user.currentBan?.id };
  const tab = (name: string) => userHref(base, user.userId, name);
  return (
    <header className="flex flex-col gap-4">
      <Hydrated />
      <BackCrumb list={{ label: "Users", href: `${base}/users` }} label={user.userId} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 items-center gap-4">
          <Avatar name={user.name || user.userId} url={user.avatarUrl} size="lg" />
          <div className="flex min-w-0 flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="font-semibold text-title [overflow-wrap:anywhere]">{user.name || user.userId}</h1>
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
            </p>
          </div>
        </div>
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
              ref={banButton}
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
      </div>
      {noRole ? <p className="text-ink-muted text-xs">Ban and unban: {noRole}</p> : null}
      <StateBanner user={user} />
      <TabLinks
        label="User"
        tabs={[
          {
            href: tab("profile"),
            label: "Profile",
            current: pathname === tab("profile") || `${pathname}/profile` === tab("profile"),
          },
          { href: tab("tags"), label: "Tags" },
          {
            href: tab("connections"),
            label: "Connections",
            count: user.connections > 0 ? formatCount(user.connections) : undefined,
          },
          { href: tab("tokens"), label: "Tokens" },
          {
            href: tab("friends"),
            label: "Friends",
            count: user.friendCount > 0 ? formatCount(user.friendCount) : undefined,
          },
          {
            href: tab("blocklist"),
            label: "Blocklist",
            count: user.blockedCount > 0 ? formatCount(user.blockedCount) : undefined,
          },
          { href: tab("groups"), label: "Groups", count: tabCount(user.groups) },
          { href: tab("bans"), label: "Bans", count: tabCount(user.bans) },
          { href: tab("message-check"), label: "Message check" },
          { href: tab("notes"), label: "Notes", count: user.notes > 0 ? formatCount(user.notes) : undefined },
          { href: tab("activity"), label: "Activity", count: tabCount(user.activity) },
          { href: tab("raw"), label: "Raw" },
        ]}
      />
    </header>
  );
}
