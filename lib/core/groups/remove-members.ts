import type { Run } from "@/lib/db/statement";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Group } from "./group";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup, lockGroups } from "./group-store";
import { deleteMemberships } from "./member-store";

/**
 * Takes users out of a group, with their aliases for it; gives those who were in it. `check` throws unless the actor may
 * do that. Throws `group_not_found` and, with nobody taken out, `group_owner_only_dismisses`.
 */
export async function removeMembers(
  context: Context,
  actor: Actor,
  input: { readonly groupId: string; readonly userIds: readonly string[] },
  check: (run: Run, group: Group) => void | Promise<void> = () => undefined,
): Promise<readonly string[]> {
  return remove(context, actor, { ...input, check });
}

interface Removal {
  readonly groupId: string;
  readonly userIds: readonly string[];
  check(run: Run, group: Group): void | Promise<void>;
}

const remove = executeSideBySide<Removal, readonly string[]>({
  keysOf: ({ groupId }) => [groupId],
  lock: lockGroups("change"),
  async command(run, { actor, input: { groupId, userIds, check } }) {
    const { id: environmentId } = environmentOf(actor);
    const bySelf = actor.kind === "app_user" && userIds.every((userId) => userId === actor.userId);
    const group = await lockGroup(run, environmentId, groupId, "change");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    await check(run, group);
    if (userIds.includes(group.ownerId)) throw new AppError("group_owner_only_dismisses");
    const memberships = userIds.map((userId) => ({ environmentId, groupId, userId }));
    const left = (await deleteMemberships(run, memberships)).map(({ userId }) => userId);
    return {
      result: left,
      audit: left.map((userId) => ({
        action: "group.left",
        target: { kind: "user", id: userId },
        before: { group: groupId },
      })),
      events: groupEvents(environmentId, groupId, left, bySelf ? GROUP_OPERATION.quit : GROUP_OPERATION.kick),
    };
  },
});
