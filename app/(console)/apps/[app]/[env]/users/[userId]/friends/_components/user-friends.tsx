"use client";

import { UserPlus, UserRoundX } from "lucide-react";
import { List, useList } from "@/components/data-table/list";
import { ListScreen } from "@/components/data-table/list-screen";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { formatCount, tabCount } from "@/components/ui/count-text";
import { onIntent } from "@/components/ui/on-intent";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import { whySoftDeleted } from "@/components/users/user-status";
import type { ActionResult } from "@/lib/console/action-result";
import type { OpenRequests } from "@/lib/core/friends/count-open-requests";
import type { UserFriendsPage, UserFriendsQuery } from "@/lib/core/friends/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { friendRequestsList, friendsList } from "../friends-list";
import { FriendLevel, type FriendLevelProps } from "./friend-level";

const AddFriendDialog = onIntent(() => import("./friend-dialogs").then((part) => part.AddFriendDialog));
const RemoveAllFriendsDialog = onIntent(() => import("./friend-dialogs").then((part) => part.RemoveAllFriendsDialog));
const RemoveFriendDialog = onIntent(() => import("./friend-dialogs").then((part) => part.RemoveFriendDialog));

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
  const { whyNot } = useEnvironmentScope();
  const { refresh } = useList();
  const dialog = useOpenDialog<Open>();
  const { userId, friendCount } = user;
  const locked = whyNot("friends.change") ?? whySoftDeleted(user);
  const common = { userId, onClose: dialog.close, onDone: refresh, returnFocusTo: dialog.opener };
  const { open } = dialog;
  const tabs = {
    friends: friendCount > 0 ? formatCount(friendCount) : undefined,
    received: tabCount(requests?.received ?? null),
    sent: tabCount(requests?.sent ?? null),
  };
  return (
    <div className="flex flex-col gap-4">
      {level ? <FriendLevel userId={userId} locked={locked} {...level} /> : null}
      {query.view === "friends" ? (
        <ListScreen
          list={friendsList}
          query={query}
          page={page.ok ? { ok: true, data: friendPage(page.data) } : page}
          given={{ userId, locked, remove: (friendId, opener) => dialog.show({ act: "remove", friendId }, opener) }}
          tabs={tabs}
          heading={locked ? <p className="text-ink-muted text-xs">Adding and removing: {locked}</p> : null}
          actions={
            <>
              <Button
                icon={UserRoundX}
                variant="danger-quiet"
                disabled={locked !== null || friendCount === 0}
                title={locked ?? (friendCount === 0 ? "No friends to remove." : undefined)}
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
            </>
          }
        />
      ) : (
        <ListScreen
          list={friendRequestsList}
          query={query}
          page={page.ok ? { ok: true, data: requestPage(page.data) } : page}
          given={{ userId }}
          caption={query.view === "sent" ? "Open requests sent" : "Open requests received"}
          tabs={tabs}
        />
      )}
      {open?.act === "add" ? <AddFriendDialog {...common} /> : null}
      {open?.act === "remove" ? <RemoveFriendDialog {...common} friendId={open.friendId} /> : null}
      {open?.act === "remove-all" ? <RemoveAllFriendsDialog {...common} count={friendCount} /> : null}
    </div>
  );
}
