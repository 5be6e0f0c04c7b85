import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { lockUsers } from "../users/locked-users-store";
import { requireOwner, roleOfClient } from "./client-rules";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup, lockGroups, ownerWrite } from "./group-store";
import { endedMembershipsWrite, findMembersAmongIn, lockPresentUser, rolesWrite } from "./member-store";
import { GROUP_ROLE } from "./permission-schema";
import { type TransferGroupInput, TransferGroupSchema } from "./schema";

/**
 * Makes a member the owner of the group; the owner until now becomes an ordinary member, or leaves. A client may only if its user is the
 * owner. Naming the owner changes nothing. Throws `group_not_found`, `user_not_found`, `not_in_group`, `group_forbidden`.
 */
export async function transferGroup(context: Context, actor: Actor, input: TransferGroupInput): Promise<void> {
  const parsed = TransferGroupSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  await transfer(context, actor, parsed);
}

const transfer = executeSideBySide<z.output<typeof TransferGroupSchema>, void>({
  keysOf: ({ groupId }) => [groupId],
  lock: (run, environmentId, inputs) =>
    Promise.all([
      lockUsers(
        run,
        inputs.map(({ newOwnerId }) => ({ environmentId, userId: newOwnerId })),
        "share",
      ),
      lockGroups("change")(run, environmentId, inputs),
    ]),
  async command(run, { actor, input: { groupId, newOwnerId, leave } }) {
    const { id: environmentId } = environmentOf(actor);
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
    const target = { kind: "group", id: groupId, name: group.name } as const;
    return {
      result: undefined,
      writes: [
        rolesWrite(environmentId, groupId, [ownerId], GROUP_ROLE.member),
        rolesWrite(environmentId, groupId, [newOwnerId], GROUP_ROLE.owner),
        ownerWrite(environmentId, groupId, newOwnerId),
        ...(leave ? [endedMembershipsWrite([{ environmentId, groupId, userId: ownerId }])] : []),
      ],
      audit: [
        { action: "group.owner_changed", target, before: { owner: ownerId }, after: { owner: newOwnerId } },
        ...(leave
          ? [{ action: "group.left", target: { kind: "user", id: ownerId }, before: { group: groupId } } as const]
          : []),
      ],
      events: groupEvents(environmentId, groupId, [ownerId, newOwnerId], GROUP_OPERATION.transferOwner),
    };
  },
});
