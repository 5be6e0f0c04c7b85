"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";

/** A group's owner, by name where there is one, with the way to the user's page. */
export function OwnerLink({ userId, name, avatarUrl }: { userId: string; name: string; avatarUrl: string }) {
  const { base } = useEnvironmentScope();
  return (
    <span className="flex min-w-0 max-w-60 items-center gap-2">
      <Avatar name={name || userId} url={avatarUrl} size="sm" />
      <Link
        href={userHref(base, userId)}
        prefetch={false}
        title={userId}
        className="focus-inset truncate rounded-sm hover:underline"
      >
        <Name text={name || userId} />
      </Link>
    </span>
  );
}
