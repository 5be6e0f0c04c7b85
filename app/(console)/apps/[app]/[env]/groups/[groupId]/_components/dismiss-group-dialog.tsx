"use client";

import type { RefObject } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { Name } from "@/components/ui/name";
import { notify } from "@/components/ui/notify";
import type { Group } from "@/lib/core/groups/group";
import { dismissGroupAction } from "../../../_group-actions/actions";

interface DismissGroupDialogProps {
  group: Group;
  returnFocusTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onDone: () => void;
}

/** Irreversible, so the group's id is typed. */
export function DismissGroupDialog({ group, returnFocusTo, onClose, onDone }: DismissGroupDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const { groupId } = group;
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Dismiss ${groupId}?`}
      effect={
        <>
          “<Name text={group.name} />” ends for its {plural(group.memberCount, "member")}.
        </>
      }
      consequences={[
        "Nicknames and group aliases are gone.",
        "The users stay registered, and another group can use the ID.",
      ]}
      undo="This cannot be undone."
      confirmLabel={`Dismiss ${groupId}`}
      phrase={groupId}
      onConfirm={() => dismissGroupAction(scope, { groupId })}
      onDone={(gone) => {
        notify.success(`${groupId} dismissed with ${plural(gone.length, "membership")}.`);
        onDone();
      }}
    >
      <CopyAs call={serverApiCalls.dismissGroupChannel({ channelId: groupId })} />
    </ConfirmDialog>
  );
}
