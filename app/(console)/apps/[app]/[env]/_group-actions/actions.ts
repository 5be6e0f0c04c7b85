"use server";

import { defineAction } from "@/lib/console/action";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { GroupKeySchema, GroupUsersSchema, SetGroupMemberSchema, SetGroupRoleSchema } from "@/lib/core/groups/schema";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { setGroupRole } from "@/lib/core/groups/set-group-role";

export const removeMembersAction = defineAction({
  schema: GroupUsersSchema,
  permission: "groups.change",
  run: leaveGroup,
});

export const setMemberAction = defineAction({
  schema: SetGroupMemberSchema,
  permission: "groups.change",
  run: setGroupMember,
});

export const setMemberRoleAction = defineAction({
  schema: SetGroupRoleSchema,
  permission: "groups.change",
  run: setGroupRole,
});

export const dismissGroupAction = defineAction({
  schema: GroupKeySchema,
  permission: "groups.change",
  run: dismissGroup,
});
