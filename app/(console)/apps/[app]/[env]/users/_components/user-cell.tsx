"use client";

import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { userHref, useUserScope } from "./user-scope";

/** Beside a name the id gives way first, down to its beginning; then the name. */
export const ROW_ID_STYLE = "truncate text-ink-faint text-xs max-sm:leading-4 sm:min-w-16 sm:shrink-1000";

/** Classes of a column of such cells: it takes what the others leave, so that they and the acts stay in sight. */
export const ROW_HEADER_STYLE = "sm:w-full sm:max-w-0";

interface UserCellProps {
  userId: string;
  name: string;
  avatarUrl: string;
  tab?: string;
  className?: string;
}

/** A row's header: the link to the user's page, named by name and id, and the id to copy. */
export function UserCell({ userId, name, avatarUrl, tab, className }: UserCellProps) {
  const { base } = useUserScope();
  return (
    <div className={cn("group/cell flex min-w-0 max-w-44 items-center gap-2.5 sm:max-w-md", className)}>
      <Avatar name={name || userId} url={avatarUrl} />
      <Link
        href={userHref(base, userId, tab)}
        prefetch={false}
        data-row-link
        title={name ? `${name} (${userId})` : userId}
        className="flex min-w-0 flex-col rounded-sm hover:underline sm:flex-row sm:items-baseline sm:gap-2"
      >
        {name ? <span className="truncate font-medium text-ink max-sm:leading-4 sm:max-w-60">{name}</span> : null}{" "}
        <code className={ROW_ID_STYLE}>{userId}</code>
      </Link>
      <CopyButton
        text={userId}
        label={`Copy ID ${userId}`}
        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/cell:opacity-100 max-sm:hidden"
      />
    </div>
  );
}
