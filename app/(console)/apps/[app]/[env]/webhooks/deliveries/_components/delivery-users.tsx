import { userHref } from "@/components/layout/hrefs";
import { Link } from "@/components/ui/link";

/** Whom an event is about: one user, or both of a friendship. */
export function DeliveryUsers({ base, users }: { base: string; users: string | null }) {
  if (users === null) return <span className="text-ink-faint">None</span>;
  return (
    <span className="flex flex-wrap gap-x-2">
      {users.split(" ").map((userId) => (
        <Link
          key={userId}
          href={userHref(base, userId)}
          title={userId}
          className="block max-w-48 truncate rounded-sm hover:underline"
        >
          <code className="text-[0.92em]">{userId}</code>
        </Link>
      ))}
    </span>
  );
}
