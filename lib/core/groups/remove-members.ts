import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Group } from "./group";
import { auditGroupChange } from "./group-audit";
import { lockGroup } from "./group-lock-store";
import { changeMemberCounts } from "./group-store";
import { deleteMembers } from "./member-store";
import { publishGroupChange } from "./publish-group-change";

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
  const gone = await context.db.transaction(async (tx) => {
    const group = await lockGroup(tx, environmentId, groupId, "change");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    await check(tx, group);
    if (userIds.includes(group.ownerId)) throw new AppError("group_owner_only_dismisses");
    const left = await deleteMembers(tx, environmentId, groupId, userIds);
    await changeMemberCounts(tx, environmentId, [groupId], -left.length);
    await auditGroupChange(
      tx,
      actor,
      context.now(),
      left.map((userId) => ({
        action: "group.left" as const,
        target: { kind: "user" as const, id: userId },
        before: { group: groupId },
      })),
    );
    return left;
  });
  await publishGroupChange(context, environmentId, groupId, gone);
  return gone;
}
