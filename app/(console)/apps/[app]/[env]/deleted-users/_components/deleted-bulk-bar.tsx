"use client";

import { Copy, RotateCcw } from "lucide-react";
import { BulkBar } from "@/components/data-table/bulk-bar";
import type { Selection } from "@/components/data-table/selection";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/toaster";
import { useUserActions } from "../../_user-actions/user-actions";

/** Restores all ticked users, those on other pages too. */
export function DeletedBulkBar({ selection }: { selection: Selection }) {
  const { whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const noRestore = whyNot("users.restore");
  return (
    <BulkBar selection={selection}>
      <Button
        icon={RotateCcw}
        disabled={noRestore !== null}
        title={noRestore ?? undefined}
        pending={actions.pending}
        onClick={(event) =>
          actions.restore(
            selection.ids.map((userId) => ({ userId, status: "deleted" })),
            event.currentTarget,
          )
        }
      >
        Restore
      </Button>
      <Button
        icon={Copy}
        onClick={() =>
          navigator.clipboard.writeText(selection.ids.join("\n")).then(
            () => notify.success(`Copied ${plural(selection.ids.length, "ID")}.`),
            () => notify.failure("The browser did not allow copying."),
          )
        }
      >
        Copy IDs
      </Button>
      {noRestore ? <p className="text-ink-muted text-xs">{noRestore}</p> : null}
    </BulkBar>
  );
}
