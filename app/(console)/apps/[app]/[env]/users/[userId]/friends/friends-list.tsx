import { Inbox, UserMinus, UsersRound } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { FriendRequestRow, FriendRow, UserFriendsQuery } from "@/lib/core/friends/list-schema";

const attributesText = (attributes: FriendRow["attributes"]) =>
  Object.entries(attributes)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");

/** Both lists stand at one address, under one row of tabs. */
const shared = {
  defaults: { view: "friends", sort: "-added", size: 25 } as UserFriendsQuery,
  tabs: {
    name: "view",
    label: "Friends and requests",
    options: { friends: "Friends", received: "Requests received", sent: "Requests sent" },
  },
} as const;

interface FriendsListGiven {
  readonly userId: string;
  /** Asks whether a row's friendship is to end. */
  remove(friendId: string, opener: HTMLElement): void;
  /** Why nothing can be changed; null when it can. */
  readonly locked: string | null;
}

/** One user's friends. Alias and attributes are what this user keeps of each friend. */
export const friendsList: ListDefinition<FriendRow, UserFriendsQuery, FriendsListGiven> = {
  ...shared,
  caption: "Friends of this user",
  row: ["friend", "friends"],
  what: "the friends",
  testId: "friend-row",
  rowId: (friend) => friend.userId,
  columns: [
    {
      id: "friend",
      header: "Friend",
      rowHeader: true,
      className: `${ROW_HEADER_STYLE} sm:min-w-64`,
      cell: (friend, { userId }) => (
        <span className="flex min-w-0 items-center gap-2">
          <UserCell userId={friend.userId} name={friend.name} avatarUrl={friend.avatarUrl} tab="friends" />
          {friend.blocked ? (
            <Badge>
              <span title={`${userId} has blocked ${friend.userId}; they stay friends.`}>Blocked</span>
            </Badge>
          ) : null}
        </span>
      ),
    },
    {
      id: "alias",
      header: "Alias",
      className: "max-w-36 min-w-24",
      cell: (friend) => <ClippedText text={friend.alias} />,
    },
    {
      id: "attributes",
      header: "Attributes",
      className: "max-w-52 min-w-32",
      cell: (friend) => <ClippedText text={attributesText(friend.attributes)} />,
    },
    {
      id: "since",
      header: "Since",
      sort: "-added",
      className: "min-w-28 text-ink-muted",
      cell: (friend) => <RelativeTime date={friend.addedAt} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      className: "w-12 pr-3",
      cell: (friend, { remove, locked }) => (
        <IconButton
          icon={UserMinus}
          label={`Remove friend ${friend.userId}…`}
          size="sm"
          className="focus-inset"
          disabled={locked !== null}
          title={locked ?? undefined}
          onClick={(event) => remove(friend.userId, event.currentTarget)}
        />
      ),
    },
  ],
  empty: (_query, { userId }) => (
    <EmptyState icon={UsersRound} title={`${userId} has no friends`}>
      <p>Clients send requests. Your app server and operators can add friends at once.</p>
    </EmptyState>
  ),
};

/** Open requests, received or sent. They are answered by the users' clients. */
export const friendRequestsList: ListDefinition<FriendRequestRow, UserFriendsQuery, { readonly userId: string }> = {
  ...shared,
  caption: "Open requests",
  row: ["request", "requests"],
  what: "the friend requests",
  testId: "request-row",
  rowId: (request) => request.userId,
  columns: [
    {
      id: "user",
      header: ({ view }) => (view === "sent" ? "To" : "From"),
      rowHeader: true,
      className: "sm:min-w-64",
      cell: (request) => (
        <UserCell userId={request.userId} name={request.name} avatarUrl={request.avatarUrl} tab="friends" />
      ),
    },
    {
      id: "text",
      header: "Text",
      className: "max-w-96 min-w-40",
      cell: (request) => <ClippedText text={request.extra} />,
    },
    {
      id: "sent",
      header: "Sent",
      sort: "-added",
      className: "min-w-32 text-ink-muted",
      cell: (request) => <RelativeTime date={request.requestedAt} />,
    },
    {
      id: "expires",
      header: "Expires",
      className: "min-w-32 text-ink-muted",
      cell: (request) => <RelativeTime date={request.expiresAt} />,
    },
  ],
  empty: ({ view }, { userId }) => (
    <EmptyState
      icon={Inbox}
      title={view === "sent" ? `${userId} has no open requests` : `${userId} has no requests to answer`}
    >
      <p>Clients answer requests, which expire after seven days.</p>
    </EmptyState>
  ),
};
