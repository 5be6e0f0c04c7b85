import type { AppServer, EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { createGroup } from "../groups/create-group";
import { setGroupAlias } from "../groups/group-alias";
import { joinGroup } from "../groups/join-group";
import type { GroupPermissions } from "../groups/permission-schema";
import { setGroupMember } from "../groups/set-group-member";
import { setGroupRole } from "../groups/set-group-role";
import { newId } from "../ids";

interface DemoGroup {
  readonly groupId: string;
  readonly name: string;
  readonly introduction?: string;
  readonly announcement?: string;
  readonly permissions?: Partial<GroupPermissions>;
  /** How many people are in it. */
  readonly size: number;
}

export const DEMO_GROUPS: readonly DemoGroup[] = [
  {
    groupId: "everybody",
    name: "Everybody",
    introduction: "All of us. Keep it short.",
    announcement: "Summer party on Friday.\nBring a friend.",
    permissions: { joinPerm: 1, memInvitePerm: 2 },
    size: 57,
  },
  { groupId: "book-club", name: "Book club", introduction: "One book a month.", size: 9 },
  { groupId: "running-7am", name: "Running at seven", permissions: { joinPerm: 2, removePerm: 1 }, size: 6 },
  { groupId: "board", name: "Board", permissions: { joinPerm: 3, invitePerm: 1, memProfilePerm: 2 }, size: 3 },
];

/** Groups of the demo people, made as their app server would; `userIds` are registered. */
export async function seedDemoGroups(
  context: Context,
  environment: EnvironmentRef,
  userIds: readonly string[],
): Promise<void> {
  const requestId = newId.request();
  const actor: AppServer = { kind: "app_server", source: "server_api", requestId, ip: "", environment };
  for (const [index, group] of DEMO_GROUPS.entries()) {
    const [ownerId = "", ...others] = [...userIds.slice(index * 11), ...userIds.slice(0, index * 11)].slice(
      0,
      group.size,
    );
    const { groupId, name, introduction, announcement, permissions } = group;
    await createGroup(context, actor, {
      groupId,
      name,
      ownerId,
      profile: { introduction, announcement },
      extended: { ext_topic: groupId },
      permissions,
    });
    await joinGroup(context, actor, { groupId, userIds: others });
    const [first, second] = others;
    if (first === undefined || second === undefined) continue;
    await setGroupRole(context, actor, { groupId, userId: first, role: 2 });
    await setGroupMember(context, actor, { groupId, userId: second, nickname: "Sunny" });
    await setGroupAlias(context, actor, { groupId, userId: second, alias: `My ${name.toLowerCase()}` });
  }
}
