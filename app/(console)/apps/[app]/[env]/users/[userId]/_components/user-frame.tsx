"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { BackCrumb } from "@/components/data-table/back-crumb";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { useRecentUser } from "@/components/palette/recents";
import { formatCount, tabCount } from "@/components/ui/count-text";
import { Name } from "@/components/ui/name";
import { TabLinks } from "@/components/ui/tab-links";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { StateBanner } from "../../../_user-actions/state-banner";
import { UserActionsProvider } from "../../../_user-actions/user-actions-provider";
import { UserSummary, UserSummaryActions } from "../../../_user-actions/user-summary";
import { AskedAct } from "./asked-act";
import { ReadingContext, useLatestReading } from "./shown-user";

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
  const { base, whyNot } = useEnvironmentScope();
  const pathname = usePathname();
  useRecentUser(user);
  const noRole = whyNot("users.ban");
  const tab = (name: string) => userHref(base, user.userId, name);
  return (
    <header className="flex flex-col gap-4">
      <BackCrumb list={{ label: "Users", href: `${base}/users` }} label={user.userId} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <UserSummary
          user={user}
          heading={
            <h1 className="font-semibold text-title [overflow-wrap:anywhere]">
              <Name text={user.name || user.userId} />
            </h1>
          }
        />
        <UserSummaryActions user={user} />
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
