"use client";

import { UsersRound } from "lucide-react";
import { RowHeaderCell } from "@/components/data-table/cells";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { groupHref } from "@/components/layout/hrefs";

/** The header of a group's row: the way to the group's page, and the id to copy. */
export function GroupCell({ groupId, name }: { groupId: string; name: string }) {
  const { base } = useEnvironmentScope();
  return (
    <RowHeaderCell
      id={groupId}
      name={name}
      href={groupHref(base, groupId)}
      picture={
        <span className="flex size-6 shrink-0 items-center justify-center rounded-md border bg-sunken text-ink-muted">
          <UsersRound aria-hidden className="size-3.5" />
        </span>
      }
    />
  );
}
