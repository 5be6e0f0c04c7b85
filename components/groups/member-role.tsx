import type { ChoiceFilter } from "@/components/data-table/list-definition";
import { Badge } from "@/components/ui/badge";
import { GROUP_ROLE, GROUP_ROLE_WORDS, type GroupRole } from "@/lib/core/groups/facts";
import type { RoleFilter } from "@/lib/core/groups/list-schema";

/** Leaves the members, or the groups of a user, of one role. */
export const ROLE_FILTER = {
  kind: "choice",
  name: "role",
  label: "Role",
  any: "All roles",
  options: { member: "Members", admin: "Admins", owner: "Owner" },
} as const satisfies ChoiceFilter<{ readonly role: RoleFilter }>;

/** A member's role in a group, as a word. */
export function RoleBadge({ role }: { role: GroupRole }) {
  if (role === GROUP_ROLE.member) return <span>{GROUP_ROLE_WORDS[role]}</span>;
  return <Badge tone={role === GROUP_ROLE.owner ? "accent" : "neutral"}>{GROUP_ROLE_WORDS[role]}</Badge>;
}
