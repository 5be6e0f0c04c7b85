"use client";

import { UsersRound } from "lucide-react";
import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { ROW_ID_STYLE } from "../../users/_components/user-cell";
import { useUserScope } from "../../users/_components/user-scope";

/** The page of one group. */
export function groupHref(base: string, groupId: string): string {
  return `${base}/groups/${encodeURIComponent(groupId)}`;
}

/** A row's header: the link to the group's page, named by name and id, and the id to copy. */
export function GroupCell({ groupId, name }: { groupId: string; name: string }) {
  const { base } = useUserScope();
  return (
    <div className="group/cell flex min-w-0 max-w-44 items-center gap-2.5 sm:max-w-md">
      <span className="flex size-6 shrink-0 items-center justify-center rounded-md border bg-sunken text-ink-muted">
        <UsersRound aria-hidden className="size-3.5" />
      </span>
      <Link
        href={groupHref(base, groupId)}
        prefetch={false}
        data-row-link
        title={`${name} (${groupId})`}
        className="flex min-w-0 flex-col rounded-sm hover:underline sm:flex-row sm:items-baseline sm:gap-2"
      >
        <span className="truncate font-medium text-ink max-sm:leading-4 sm:max-w-60">{name}</span>{" "}
        <code className={ROW_ID_STYLE}>{groupId}</code>
      </Link>
      <CopyButton
        text={groupId}
        label={`Copy ID ${groupId}`}
        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/cell:opacity-100 max-sm:hidden"
      />
    </div>
  );
}
