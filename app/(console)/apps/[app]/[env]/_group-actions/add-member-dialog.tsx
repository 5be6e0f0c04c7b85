"use client";

import type { RefObject } from "react";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import { UserIdDialog } from "../_user-actions/user-id-dialog";
import { addMembersAction } from "./actions";

interface AddMemberDialogProps {
  groupId: string;
  onClose: () => void;
  /** After the server has let somebody in. */
  onDone: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Lets a user into a group at once, as the app server can. */
export function AddMemberDialog({ groupId, onClose, onDone, returnFocusTo }: AddMemberDialogProps) {
  const { scope } = useEnvironmentScope();
  return (
    <UserIdDialog
      title={`Add a member to ${groupId}`}
      description="They are in the group at once, without an invitation. The limit of 3,000 members still applies."
      submitLabel="Add member"
      onSubmit={(userId) => addMembersAction(scope, { groupId, userIds: [userId] })}
      refusalOf={(joined) => (joined.length === 0 ? "Already a member, or soft-deleted." : undefined)}
      call={(userId) => serverApiCalls.joinGroupChannel({ channelId: groupId, userIds: [userId] })}
      onClose={onClose}
      onDone={(userId) => {
        onDone();
        notify.success(`${userId} added to ${groupId}.`);
      }}
      returnFocusTo={returnFocusTo}
    />
  );
}
