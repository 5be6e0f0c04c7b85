"use client";

import { Checkbox } from "@/components/form/toggles";
import type { Selection } from "./selection";

/** The head's tick box: all rows of the page that can be ticked, with a mixed state. */
export function SelectAll({ ids, selection }: { ids: readonly string[]; selection: Selection }) {
  const count = ids.filter((id) => selection.has(id)).length;
  const all = ids.length > 0 && count === ids.length;
  return (
    <Checkbox
      aria-label="Select all on this page"
      checked={all ? true : count > 0 ? "indeterminate" : false}
      disabled={ids.length === 0}
      onCheckedChange={() => selection.set(ids, !all)}
    />
  );
}

/** A row's tick box. One that cannot be ticked says why. */
export function SelectRow({ id, selection, reason }: { id: string; selection: Selection; reason: string | null }) {
  return (
    <>
      <Checkbox
        data-row-select
        aria-label={`Select ${id}`}
        aria-describedby={reason === null ? undefined : `unselectable-${id}`}
        title={reason ?? undefined}
        checked={selection.has(id)}
        disabled={reason !== null}
        onCheckedChange={(checked) => selection.set([id], checked === true)}
      />
      {reason === null ? null : (
        <span id={`unselectable-${id}`} className="sr-only">
          {reason}
        </span>
      )}
    </>
  );
}
