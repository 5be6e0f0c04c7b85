"use client";

import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { userHref, useUserScope } from "../../users/_components/user-scope";

/** A group's owner, by name where there is one, with the way to the user's page. */
export function OwnerLink({ userId, name, avatarUrl }: { userId: string; name: string; avatarUrl: string }) {
  const { base } = useUserScope();
  return (
    <span className="flex min-w-0 max-w-60 items-center gap-2">
      <Avatar name={name || userId} url={avatarUrl} size="sm" />
      <Link
        href={userHref(base, userId)}
        prefetch={false}
        title={userId}
        className="focus-inset truncate rounded-sm hover:underline"
      >
        {name || userId}
      </Link>
    </span>
  );
}
