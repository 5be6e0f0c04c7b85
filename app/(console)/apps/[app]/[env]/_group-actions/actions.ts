"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import type { ChangeGroupMemberInput, SetGroupRoleInput } from "@/lib/core/groups/schema";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { setGroupRole } from "@/lib/core/groups/set-group-role";

export const removeMembersAction = defineAction({
  permission: "groups.change",
  run: leaveGroup,
});

export const setMemberAction = defineAction({
  permission: "groups.change",
  run: (context, actor, input: Seeing<ChangeGroupMemberInput>) => setGroupMember(context, actor, input),
});

export const setMemberRoleAction = defineAction({
  permission: "groups.change",
  run: (context, actor, input: Seeing<SetGroupRoleInput>) => setGroupRole(context, actor, input),
});

export const dismissGroupAction = defineAction({
  permission: "groups.change",
  run: dismissGroup,
});
