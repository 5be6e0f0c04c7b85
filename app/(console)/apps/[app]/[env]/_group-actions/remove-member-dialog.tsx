"use client";

import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
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
      effect={`${userId} leaves the group at once and stays registered.`}
      undo="Your app server can add them again. Their nickname and group alias are gone for good."
      confirmLabel={`Remove ${userId}`}
      phrase={environment === "production" ? userId : undefined}
      onConfirm={() => removeMembersAction(scope, { groupId, userIds: [userId] })}
      onDone={(gone) => {
        onDone();
        notify.success(
          gone.length === 0 ? `${userId} had already left ${groupId}.` : `${userId} removed from ${groupId}.`,
        );
      }}
    >
      <CopyAs call={serverApiCalls.leaveGroupChannel({ channelId: groupId, userIds: [userId] })} />
    </ConfirmDialog>
  );
}
