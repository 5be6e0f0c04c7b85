"use server";

import { defineAction } from "@/lib/console/action";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { setGroupRole } from "@/lib/core/groups/set-group-role";

export const removeMembersAction = defineAction({
  permission: "groups.change",
  run: leaveGroup,
});

export const setMemberAction = defineAction({
  permission: "groups.change",
  run: setGroupMember,
});

export const setMemberRoleAction = defineAction({
  permission: "groups.change",
  run: setGroupRole,
});

export const dismissGroupAction = defineAction({
  permission: "groups.change",
  run: dismissGroup,
});
