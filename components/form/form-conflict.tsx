"use client";

import { Button } from "@/components/ui/button";
import type { ActionError } from "@/lib/console/action-result";
import type { Conflict } from "@/lib/core/errors";
import { ActionErrorAlert } from "./action-error";
import { ChangesTable, type ReviewedChange } from "./changes-table";

interface FormConflictProps {
  error: ActionError | null;
  /** What is typed against what is stored, once that has been read again. */
  changes: readonly ReviewedChange[];
  /** True while it is read again, or saved. */
  pending: boolean;
  /** Drops what is typed. */
  onKeep: () => void;
  /** Saves what is typed over what stands now. */
  onReplace: (conflict: Conflict) => void;
}

/** A refusal above a form's buttons. Where somebody has changed the same thing meanwhile: both side by side, to choose. */
export function FormConflict({ error, changes, pending, onKeep, onReplace }: FormConflictProps) {
  const conflict = error?.conflict;
  if (!conflict) return <ActionErrorAlert error={error} />;
  return (
    <div className="flex flex-col gap-3">
      <ActionErrorAlert
        error={error}
        title="Someone changed this"
        action={
          <div className="flex flex-wrap gap-2">
            <Button size="sm" disabled={pending} onClick={onKeep}>
              Keep theirs
            </Button>
            <Button size="sm" variant="danger-quiet" pending={pending} onClick={() => onReplace(conflict)}>
              Replace
            </Button>
          </div>
        }
      />
      {changes.length > 0 && !pending ? (
        <ChangesTable caption="Theirs and yours" heads={["Theirs", "Yours"]} changes={changes} />
      ) : null}
    </div>
  );
}
