"use client";

import { useRef } from "react";
import { Checkbox } from "@/components/form/checkbox";
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

interface SelectRowProps {
  id: string;
  checked: boolean;
  /** Why it cannot be ticked; null: it can. */
  reason: string | null;
  /** `range`: with the rows from the last one ticked to this. */
  onTick: (checked: boolean, range: boolean) => void;
}

/** A row's tick box. One that cannot be ticked says why. With Shift it ticks a range. */
export function SelectRow({ id, checked, reason, onTick }: SelectRowProps) {
  const shift = useRef(false);
  return (
    <>
      <Checkbox
        data-row-select
        aria-label={`Select ${id}`}
        aria-describedby={reason === null ? undefined : `unselectable-${id}`}
        title={reason ?? undefined}
        checked={checked}
        disabled={reason !== null}
        // With Shift the browser would mark the text between.
        onMouseDown={(event) => (event.shiftKey ? event.preventDefault() : undefined)}
        onClick={(event) => {
          shift.current = event.shiftKey;
        }}
        onCheckedChange={(next) => onTick(next === true, shift.current)}
      />
      {reason === null ? null : (
        <span id={`unselectable-${id}`} className="sr-only">
          {reason}
        </span>
      )}
    </>
  );
}
