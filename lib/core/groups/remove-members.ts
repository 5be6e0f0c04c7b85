import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Group } from "./group";
import { groupEvents } from "./group-event";
import { lockGroup } from "./group-lock-store";
import { changeMemberCounts } from "./group-store";
import { deleteMembers } from "./member-store";

/**
 * Takes users out of a group, with their aliases for it; gives those who were in it. `check` throws unless the actor may
 * do that. Throws `group_not_found` and, with nobody taken out, `group_owner_only_dismisses`.
 */
export async function removeMembers(
  context: Context,
  actor: Actor,
  input: { readonly groupId: string; readonly userIds: readonly string[] },
  check: (tx: Db, group: Group) => void | Promise<void> = () => undefined,
): Promise<readonly string[]> {
  const { groupId, userIds } = input;
  const { id: environmentId } = environmentOf(actor);
  return executeWithPrisma(context, actor, async (tx) => {
    const group = await lockGroup(tx, environmentId, groupId, "change");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    await check(tx, group);
    if (userIds.includes(group.ownerId)) throw new AppError("group_owner_only_dismisses");
    const left = await deleteMembers(tx, environmentId, groupId, userIds);
    await changeMemberCounts(tx, environmentId, [groupId], -left.length);
    return {
      result: left,
      audit: left.map((userId) => ({
        action: "group.left",
        target: { kind: "user", id: userId },
        before: { group: groupId },
      })),
      events: groupEvents(environmentId, groupId, left),
    };
  });
}
