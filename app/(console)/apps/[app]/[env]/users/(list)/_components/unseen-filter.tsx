"use client";

import { useList } from "@/components/data-table/list";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { UNSEEN_MAX_DAYS } from "@/lib/core/users/facts";
import type { UserListQuery } from "@/lib/core/users/list-schema";

const PRESETS = ["7", "30", "90"];

/** "Not seen for": usual numbers of days, or one's own. */
export function UnseenFilter({ query }: { query: UserListQuery }) {
  const { go } = useList();
  const value = query.unseen === undefined ? "" : String(query.unseen);
  const days = value === "" || PRESETS.includes(value) ? PRESETS : [...PRESETS, value];
  const choose = (unseen: string) => go({ unseen: unseen === "" ? null : unseen });
  return (
    <div className="grid grid-cols-[1fr_5.5rem] items-end gap-3">
      <Field label="Not seen for">
        <Select
          value={value}
          onValueChange={choose}
          options={[{ value: "", label: "Any time" }, ...days.map((day) => ({ value: day, label: `${day} days` }))]}
        />
      </Field>
      <Field label="Days">
        <Input
          // Another number by other means (a chip, Back) is shown.
          key={value}
          type="number"
          min={1}
          max={UNSEEN_MAX_DAYS}
          defaultValue={value}
          onBlur={(event) => choose(event.target.value)}
          onKeyDown={(event) => (event.key === "Enter" ? choose(event.currentTarget.value) : undefined)}
        />
      </Field>
    </div>
  );
}
