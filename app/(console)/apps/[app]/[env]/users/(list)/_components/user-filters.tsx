"use client";

import { ListFilter } from "lucide-react";
import type { FilterChip } from "@/components/data-table/filter-chips";
import { useList } from "@/components/data-table/list";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { RadioGroup } from "@/components/form/toggles";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import {
  PRESENCES,
  type PresenceFilter,
  type UserFilter,
  type UserSort,
  type UserStatusFilter,
} from "@/lib/core/users/list-schema";

export const STATUS_WORDS: Record<UserStatusFilter, string> = {
  all: "All",
  active: "Active",
  banned: "Banned",
  deleted: "Soft-deleted",
};

export const PRESENCE_WORDS: Record<PresenceFilter, string> = {
  any: "Online or not",
  online: "Online",
  offline: "Offline",
};

const ORDER_WORDS: Record<UserSort, string> = {
  "-created": "the newest first",
  created: "the oldest first",
  "-seen": "the last seen first",
  seen: "those first who were not seen for longest",
  id: "in the order of their IDs",
  "-id": "in the reverse order of their IDs",
};

/** What the list shows while nothing narrows it. */
export function wholeListWords(order: UserSort): string {
  return `All users, banned and soft-deleted ones included, ${ORDER_WORDS[order]}.`;
}

const dayWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const inWords = (moment: string) =>
  moment.includes("T") ? moment.replace("T", " ") : dayWords.format(new Date(`${moment}T00:00:00Z`));

/** The filters in force, in words. */
export function userFilterChips(filter: UserFilter): FilterChip[] {
  const chips: FilterChip[] = [];
  if (filter.status !== "all") {
    chips.push({ text: `Status: ${STATUS_WORDS[filter.status]}`, remove: { status: null } });
  }
  if (filter.presence !== "any") {
    chips.push({ text: PRESENCE_WORDS[filter.presence], remove: { presence: null } });
  }
  if (filter.from) chips.push({ text: `Created from: ${inWords(filter.from)}`, remove: { from: null } });
  if (filter.to) chips.push({ text: `Created up to: ${inWords(filter.to)}`, remove: { to: null } });
  return chips;
}

/** Status, presence and created range. Each change shows at once, and is a step that Back undoes. */
export function UserFilters({ filter }: { filter: UserFilter }) {
  const { go } = useList();
  const count = userFilterChips(filter).length;
  const day = (value: string | undefined) => (value === undefined ? "" : value.slice(0, 10));
  return (
    <Popover
      label="Filters"
      className="w-72"
      trigger={
        <Button icon={ListFilter}>
          Filters
          {count > 0 ? (
            <span className="rounded-full bg-accent-soft px-1.5 text-accent-ink text-xs tabular-nums">{count}</span>
          ) : null}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <p aria-hidden className="font-medium text-13">
            Status
          </p>
          <RadioGroup
            label="Status"
            value={filter.status}
            onValueChange={(status) => go({ status: status === "all" ? null : status })}
            options={[
              { value: "all", label: "All", description: "Soft-deleted users included" },
              { value: "active", label: "Active" },
              { value: "banned", label: "Banned" },
              { value: "deleted", label: "Soft-deleted" },
            ]}
          />
        </div>
        <div className="flex flex-col gap-2">
          <p aria-hidden className="font-medium text-13">
            Online
          </p>
          <RadioGroup
            label="Online"
            value={filter.presence}
            onValueChange={(presence) => go({ presence: presence === "any" ? null : presence })}
            options={PRESENCES.map((presence) => ({ value: presence, label: PRESENCE_WORDS[presence] }))}
          />
        </div>
        <div className="grid grid-cols-1 gap-3">
          <Field label="Created from">
            <Input
              type="date"
              defaultValue={day(filter.from)}
              max={day(filter.to) || undefined}
              onChange={(event) => go({ from: event.target.value || null })}
            />
          </Field>
          <Field label="Created up to" hint="Whole days in UTC, both included.">
            <Input
              type="date"
              defaultValue={day(filter.to)}
              min={day(filter.from) || undefined}
              onChange={(event) => go({ to: event.target.value || null })}
            />
          </Field>
        </div>
      </div>
    </Popover>
  );
}
