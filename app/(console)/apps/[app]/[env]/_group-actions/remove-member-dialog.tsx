"use client";

import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/toaster";
import { removeMembersAction } from "./actions";
import type { MembershipDialogProps } from "./nickname-dialog";

/** Asks before a user is taken out of a group. In production the user's id is typed. */
export function RemoveMemberDialog({ membership, onClose, onDone, returnFocusTo }: MembershipDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const { groupId, userId } = membership;
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Remove ${userId} from ${groupId}?`}
      effect={`${userId} is no longer a member of the group ${groupId}.`}
      consequences={[
        "The user's nickname in the group and the user's alias for it are gone.",
        "The user stays registered, and stays in other groups.",
      ]}
      undo="Your app server can add the user again, with neither nickname nor alias."
      confirmLabel={`Remove ${userId}`}
      phrase={environment === "production" ? userId : undefined}
      onConfirm={() => removeMembersAction(scope, { groupId, userIds: [userId] })}
      onDone={(gone) => {
        onDone();
        notify.success(
          gone.length === 0 ? `${userId} had left ${groupId} already.` : `${userId} removed from ${groupId}.`,
        );
      }}
    >
      <CopyAs call={serverApiCalls.leaveGroupChannel({ channelId: groupId, userIds: [userId] })} />
    </ConfirmDialog>
  );
}
