"use client";

import { useList } from "@/components/data-table/list";
import { Select } from "@/components/form/select";
import type { RoleFilter as Role } from "@/lib/core/groups/list-schema";

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
