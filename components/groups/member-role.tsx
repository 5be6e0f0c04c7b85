"use client";

import { useList } from "@/components/data-table/list";
import { Select } from "@/components/form/select";
import { Badge } from "@/components/ui/badge";
import type { RoleFilter as Role } from "@/lib/core/groups/list-schema";
import { GROUP_ROLE, GROUP_ROLE_WORDS, type GroupRole } from "@/lib/core/groups/permission-schema";

/** Shows the members, or the groups of a user, of one role. */
export function RoleFilter({ value }: { value: Role }) {
  const { go } = useList();
  return (
    <Select
      label="Role"
      className="w-36"
      value={value}
      onValueChange={(role) => go({ role: role === "all" ? null : role })}
      options={[
        { value: "all", label: "All roles" },
        { value: "member", label: "Members" },
        { value: "admin", label: "Admins" },
        { value: "owner", label: "Owner" },
      ]}
    />
  );
}

/** A member's role in a group, as a word. */
export function RoleBadge({ role }: { role: GroupRole }) {
  if (role === GROUP_ROLE.member) return <span>{GROUP_ROLE_WORDS[role]}</span>;
  return <Badge tone={role === GROUP_ROLE.owner ? "accent" : "neutral"}>{GROUP_ROLE_WORDS[role]}</Badge>;
}
