import { Ban, Trash2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { UserRow } from "@/lib/core/users/list-schema";
import { Until } from "./until";

/** The one status of a user, as a word. */
export function UserStatusBadge({ user }: { user: Pick<UserRow, "status" | "bannedUntil"> }) {
  if (user.status === "deleted") return <Badge icon={Trash2}>Soft-deleted</Badge>;
  if (user.status === "banned" && user.bannedUntil) {
    return (
      <Badge tone="danger" icon={Ban}>
        <span>
          Banned until <Until date={user.bannedUntil} />
        </span>
      </Badge>
    );
  }
  return <Badge tone="ok">Active</Badge>;
}
