"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { dismissGroup } from "@/lib/core/groups/dismiss-group";
import { joinGroup } from "@/lib/core/groups/join-group";
import { leaveGroup } from "@/lib/core/groups/leave-group";
import type {
  ChangeGroupMemberInput,
  GroupUsersInput,
  SetGroupRoleInput,
  UpdateGroupInput,
} from "@/lib/core/groups/schema";
import { setGroupMember } from "@/lib/core/groups/set-group-member";
import { setGroupRole } from "@/lib/core/groups/set-group-role";
import { updateGroup } from "@/lib/core/groups/update-group";

export const addMembersAction = defineAction({
  permission: "groups.change",
  run: async (context, actor, input: GroupUsersInput) => (await joinGroup(context, actor, input)).joined,
});

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

export const updateGroupAction = defineAction({
  permission: "groups.change",
  run: (context, actor, input: Seeing<UpdateGroupInput>) => updateGroup(context, actor, input),
});

export const dismissGroupAction = defineAction({
  permission: "groups.change",
  run: dismissGroup,
});
