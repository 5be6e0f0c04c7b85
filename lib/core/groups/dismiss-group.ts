import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, roleOfClient } from "./client-rules";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { deleteGroup, lockGroup, lockGroups } from "./group-store";
import { GroupKeySchema } from "./schema";

/**
 * Ends a group: memberships and aliases are gone, and the id is free (contract section 17.4). A client may only if its
 * user is the owner. Gives who was in it. Throws `group_not_found`, `not_in_group`, `group_forbidden`.
 */
export async function dismissGroup(
  context: Context,
  actor: Actor,
  input: z.input<typeof GroupKeySchema>,
): Promise<readonly string[]> {
  const parsed = GroupKeySchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  return dismiss(context, actor, parsed);
}

const dismiss = executeSideBySide<z.output<typeof GroupKeySchema>, readonly string[]>({
  keysOf: ({ groupId }) => [groupId],
  lock: lockGroups("dismiss"),
  async command(run, { actor, input: { groupId } }) {
    const { id: environmentId } = environmentOf(actor);
    const group = await lockGroup(run, environmentId, groupId, "dismiss");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireOwner(await roleOfClient(run, actor, groupId), "Only the owner can dismiss the group.");
    }
    const members = await deleteGroup(run, environmentId, groupId);
    const target = { kind: "group", id: groupId, name: group.name } as const;
    return {
      result: members,
      audit: [{ action: "group.dismissed", target, before: { owner: group.ownerId, members: members.length } }],
      events: groupEvents(environmentId, groupId, members, GROUP_OPERATION.dismiss),
    };
  },
});
