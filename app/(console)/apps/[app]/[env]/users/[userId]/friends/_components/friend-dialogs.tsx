"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { UserIdDialog } from "../../../../_user-actions/user-id-dialog";
import { addFriendAction, removeAllFriendsAction, removeFriendsAction } from "../../actions";

interface FriendDialogProps {
  userId: string;
  onClose: () => void;
  /** After the server has changed something. */
  onDone: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Makes two users friends at once, as the app server can. */
export function AddFriendDialog({ userId, onClose, onDone, returnFocusTo }: FriendDialogProps) {
  const { scope } = useEnvironmentScope();
  return (
    <UserIdDialog
      title={`Add a friend to ${userId}`}
      description="They become friends at once, without a request. Blocklists and the limit of 3,000 friends still apply."
      submitLabel="Add friend"
      hint="Open requests between the two are closed."
      onSubmit={(targetId) => addFriendAction(scope, { userId, targetId })}
      call={(targetId) => serverApiCalls.addFriend({ userId, targetId, action: 2 })}
      onClose={onClose}
      onDone={(friendId) => {
        onDone();
        notify.success(`${userId} and ${friendId} are friends.`);
      }}
      returnFocusTo={returnFocusTo}
    />
  );
}

/** Asks before a friendship ends. In production the friend's id is typed. */
export function RemoveFriendDialog({
  userId,
  friendId,
  onClose,
  onDone,
  returnFocusTo,
}: FriendDialogProps & { friendId: string }) {
  const { scope, environment } = useEnvironmentScope();
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Remove ${friendId} from the friends of ${userId}?`}
      effect="The friendship ends on both sides, and both users’ clients are told."
      undo="You can make them friends again. Their friend notes are gone for good."
      confirmLabel={`Remove ${friendId}`}
      phrase={environment === "production" ? friendId : undefined}
      onConfirm={() => removeFriendsAction(scope, { userId, targetIds: [friendId] })}
      onDone={({ removed }) => {
        onDone();
        notify.success(
          removed.length === 0
            ? `${userId} and ${friendId} were no longer friends.`
            : `${userId} and ${friendId} are no longer friends.`,
        );
      }}
    >
      <CopyAs call={serverApiCalls.removeFriends({ userId, targetIds: [friendId] })} />
    </ConfirmDialog>
  );
}

/** Asks, with a phrase to type, before all friendships of a user end. */
export function RemoveAllFriendsDialog({
  userId,
  count,
  onClose,
  onDone,
  returnFocusTo,
}: FriendDialogProps & { count: number }) {
  const { scope, environment } = useEnvironmentScope();
  const friends = plural(count, "friend");
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Remove all friends of ${userId}?`}
      effect={`${friends} ${count === 1 ? "is" : "are"} removed on both sides, and their clients are told.`}
      consequences={["Friend notes are gone.", "Friend requests and blocklists stay."]}
      undo="This cannot be undone."
      confirmLabel={`Remove ${friends}`}
      phrase={`remove ${friends}`}
      onConfirm={() => removeAllFriendsAction(scope, { userId })}
      onDone={({ removed }) => {
        onDone();
        notify.success(`${plural(removed, "friend")} of ${userId} removed.`);
      }}
    >
      <CopyAs call={serverApiCalls.removeAllFriends({ userId })} />
    </ConfirmDialog>
  );
}
