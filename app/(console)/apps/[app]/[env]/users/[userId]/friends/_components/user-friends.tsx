"use client";

import { UserPlus, UserRoundX } from "lucide-react";
import { List, useList } from "@/components/data-table/list";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Button } from "@/components/ui/button";
import { formatCount, tabCount } from "@/components/ui/count-text";
import { TabLinks } from "@/components/ui/tab-links";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import { whySoftDeleted } from "@/components/users/user-status";
import type { ActionResult } from "@/lib/console/action-result";
import type { OpenRequests } from "@/lib/core/friends/count-open-requests";
import type { UserFriendsPage, UserFriendsQuery } from "@/lib/core/friends/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { AddFriendDialog, RemoveAllFriendsDialog, RemoveFriendDialog } from "./friend-dialogs";
import { FriendLevel, type FriendLevelProps } from "./friend-level";
import { FriendRequestTable } from "./friend-request-table";
import { FriendTable } from "./friend-table";

interface UserFriendsProps {
  user: UserDetail;
  query: UserFriendsQuery;
  page: ActionResult<UserFriendsPage>;
  /** Null when they could not be counted. */
  requests: OpenRequests | null;
  /** Null when it could not be read. */
  level: Omit<FriendLevelProps, "userId" | "locked"> | null;
}

/** One user's friends, the open requests received and sent, and who may add the user. */
export function UserFriends(props: UserFriendsProps) {
  return (
    <List>
      <Friends {...props} />
    </List>
  );
}

const NOTHING = { rows: [], next: null, previous: null };
/** The page is of the query's view, always. */
const friendPage = (data: UserFriendsPage) => (data.view === "friends" ? data.page : NOTHING);
const requestPage = (data: UserFriendsPage) => (data.view === "friends" ? NOTHING : data.page);

type Open = { readonly act: "add" | "remove-all" } | { readonly act: "remove"; readonly friendId: string };

function Friends({ user, query, page, requests, level }: UserFriendsProps) {
  const { base, whyNot } = useEnvironmentScope();
  const { refresh } = useList();
  const dialog = useOpenDialog<Open>();
  const locked = whyNot("friends.change") ?? whySoftDeleted(user);
  const tab = userHref(base, user.userId, "friends");
  const common = { userId: user.userId, onClose: dialog.close, onDone: refresh, returnFocusTo: dialog.opener };
  const { open } = dialog;
  return (
    <div className="flex flex-col gap-4">
      {level ? <FriendLevel userId={user.userId} locked={locked} {...level} /> : null}
      <TabLinks
        label="Friends and requests"
        tabs={[
          {
            href: tab,
            label: "Friends",
            current: query.view === "friends",
            count: user.friendCount > 0 ? formatCount(user.friendCount) : undefined,
          },
          {
            href: `${tab}?view=received`,
            label: "Requests received",
            current: query.view === "received",
            count: tabCount(requests?.received ?? null),
          },
          {
            href: `${tab}?view=sent`,
            label: "Requests sent",
            current: query.view === "sent",
            count: tabCount(requests?.sent ?? null),
          },
        ]}
      />
      {query.view === "friends" ? (
        <>
          <div className="flex flex-wrap items-center justify-end gap-2">
            {locked ? <p className="mr-auto text-ink-muted text-xs">Adding and removing: {locked}</p> : null}
            <Button
              icon={UserRoundX}
              variant="danger-quiet"
              disabled={locked !== null || user.friendCount === 0}
              title={locked ?? (user.friendCount === 0 ? "There are no friends to remove." : undefined)}
              onClick={(event) => dialog.show({ act: "remove-all" }, event.currentTarget)}
            >
              Remove all friends…
            </Button>
            <Button
              icon={UserPlus}
              variant="primary"
              disabled={locked !== null}
              title={locked ?? undefined}
              onClick={(event) => dialog.show({ act: "add" }, event.currentTarget)}
            >
              Add friend…
            </Button>
          </div>
          <FriendTable
            userId={user.userId}
            query={query}
            page={page.ok ? { ok: true, data: friendPage(page.data) } : page}
            locked={locked}
            onRemove={(friendId, opener) => dialog.show({ act: "remove", friendId }, opener)}
          />
        </>
      ) : (
        <FriendRequestTable
          userId={user.userId}
          query={query}
          page={page.ok ? { ok: true, data: requestPage(page.data) } : page}
        />
      )}
      {open?.act === "add" ? <AddFriendDialog {...common} /> : null}
      {open?.act === "remove" ? <RemoveFriendDialog {...common} friendId={open.friendId} /> : null}
      {open?.act === "remove-all" ? <RemoveAllFriendsDialog {...common} count={user.friendCount} /> : null}
    </div>
  );
}
