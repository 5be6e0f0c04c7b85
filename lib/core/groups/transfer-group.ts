import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, roleOfClient } from "./client-rules";
import { GROUP_ROLE } from "./facts";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup, setOwner } from "./group-store";
import { deleteMemberships, findMembersAmongIn, lockPresentUser, setRoles } from "./member-store";
import { type TransferGroupInput, TransferGroupSchema } from "./schema";

/**
 * Makes a member the owner of the group; the owner until now becomes an ordinary member, or leaves. A client may only if its user is the
 * owner. Naming the owner changes nothing. Throws `group_not_found`, `user_not_found`, `not_in_group`, `group_forbidden`.
 */
export async function transferGroup(context: Context, actor: Actor, input: TransferGroupInput): Promise<void> {
  const { groupId, newOwnerId, leave } = TransferGroupSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  const { id: environmentId } = environmentOf(actor);
  await execute(context, actor, async (run) => {
    const [present, group, [member]] = await Promise.all([
      lockPresentUser(run, environmentId, newOwnerId),
      lockGroup(run, environmentId, groupId, "change"),
      findMembersAmongIn(run, environmentId, groupId, [newOwnerId]),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireOwner(await roleOfClient(run, actor, groupId), "Only the owner can transfer the group.");
    }
    if (!present) throw new AppError("user_not_found", { field: "newOwnerId" });
    if (member === undefined) throw new AppError("not_in_group", { field: "newOwnerId" });
    const { ownerId } = group;
    if (ownerId === newOwnerId) return { result: undefined };
    await setRoles(run, environmentId, groupId, [ownerId], GROUP_ROLE.member);
    await setRoles(run, environmentId, groupId, [newOwnerId], GROUP_ROLE.owner);
    await setOwner(run, environmentId, groupId, newOwnerId);
    if (leave) await deleteMemberships(run, [{ environmentId, groupId, userId: ownerId }]);
    const target = { kind: "group", id: groupId, name: group.name } as const;
    return {
      result: undefined,
      audit: [
        { action: "group.owner_changed", target, before: { owner: ownerId }, after: { owner: newOwnerId } },
        ...(leave
          ? [{ action: "group.left", target: { kind: "user", id: ownerId }, before: { group: groupId } } as const]
          : []),
      ],
      events: groupEvents(environmentId, groupId, [ownerId, newOwnerId], GROUP_OPERATION.transferOwner),
    };
  });
}
