"use client";

import { UserPlus } from "lucide-react";
import { useList } from "@/components/data-table/list";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { onIntent } from "@/components/ui/on-intent";
import { useOpenDialog } from "@/components/ui/use-open-dialog";

const AddMemberDialog = onIntent(() =>
  import("../../../_group-actions/add-member-dialog").then((part) => part.AddMemberDialog),
);

/** Stands inside the list of members, which is read again afterwards. */
export function AddMemberButton({ groupId }: { groupId: string }) {
  const { whyNot } = useEnvironmentScope();
  const { refresh } = useList();
  const { open, opener, show, close } = useOpenDialog<true>();
  const noChange = whyNot("groups.change");
  return (
    <>
      <Button
        icon={UserPlus}
        variant="primary"
        disabled={noChange !== null}
        title={noChange ?? undefined}
        onClick={(event) => show(true, event.currentTarget)}
      >
        Add member…
      </Button>
      {open ? <AddMemberDialog groupId={groupId} onClose={close} onDone={refresh} returnFocusTo={opener} /> : null}
    </>
  );
}
