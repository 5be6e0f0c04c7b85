import { Ban, Trash2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { plural } from "@/components/ui/count-text";
import { Until } from "@/components/ui/time";
import type { UserRow } from "@/lib/core/users/list-schema";

/** The one status of a user, as a word. */
export function UserStatusBadge({ user }: { user: Pick<UserRow, "status" | "bannedUntil"> }) {
  if (user.status === "deleted") return <Badge icon={Trash2}>Soft-deleted</Badge>;
  if (user.status === "banned" && user.bannedUntil) {
    return (
      // In two lines on a phone, where the moment would else stand out of sight.
      <Badge tone="danger" icon={Ban} className="max-sm:h-auto max-sm:rounded-md max-sm:whitespace-normal">
        <span>
          Banned until{" "}
          <span className="whitespace-nowrap">
            <Until date={user.bannedUntil} />
          </span>
        </span>
      </Badge>
    );
  }
  return <Badge tone="ok">Active</Badge>;
}

/** Whether a user has a live connection: a dot and the word, and on how many devices. */
export function OnlineText({ connections }: { connections: number }) {
  if (connections === 0) return <span className="text-ink-muted">Offline</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="size-2 forced-color-adjust-none rounded-full bg-ok-ink" />
      Online
      {connections > 1 ? <span className="text-ink-muted">{plural(connections, "device")}</span> : null}
    </span>
  );
}

/** Why nothing can be done with a user who is soft-deleted; null: the user is not. */
export function whySoftDeleted({ status }: { status?: UserRow["status"] }): string | null {
  return status === "deleted" ? "The user is soft-deleted." : null;
}
