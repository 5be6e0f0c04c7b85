"use client";

import { RowHeaderCell } from "@/components/data-table/cells";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Avatar } from "@/components/ui/avatar";

interface UserCellProps {
  userId: string;
  name: string;
  avatarUrl: string;
  tab?: string;
  className?: string;
}

/** The header of a user's row: the way to the user's page, and the id to copy. */
export function UserCell({ userId, name, avatarUrl, tab, className }: UserCellProps) {
  const { base } = useEnvironmentScope();
  return (
    <RowHeaderCell
      id={userId}
      name={name}
      href={userHref(base, userId, tab)}
      picture={<Avatar name={name || userId} url={avatarUrl} />}
      className={className}
    />
  );
}
