import { Badge } from "@/components/ui/badge";
import { GROUP_ROLE, GROUP_ROLE_WORDS, type GroupRole } from "@/lib/core/groups/permission-schema";

/** A member's role in a group, as a word. */
export function RoleBadge({ role }: { role: GroupRole }) {
  if (role === GROUP_ROLE.member) return <span>{GROUP_ROLE_WORDS[role]}</span>;
  return <Badge tone={role === GROUP_ROLE.owner ? "accent" : "neutral"}>{GROUP_ROLE_WORDS[role]}</Badge>;
}
