import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireMemberInfoChange, roleOfClient } from "./client-rules";
import { groupEvents } from "./group-event";
import { lockGroup, lockGroups } from "./group-store";
import { findMembersAmongIn, memberWrite } from "./member-store";
import { type ChangeGroupMemberInput, ChangeGroupMemberSchema } from "./schema";

/**
 * Changes what a group shows of a member: nickname and extra (contract section 17.5). What is omitted stays, "" clears.
 * A client may by the group's `memProfilePerm`. Throws `group_not_found`, `not_in_group`, `group_forbidden`,
 * and `version_conflict` when the nickname is not as `seen`.
 */
export async function setGroupMember(context: Context, actor: Actor, input: ChangeGroupMemberInput): Promise<void> {
  const parsed = ChangeGroupMemberSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  await change(context, actor, parsed);
}

const change = executeSideBySide<z.output<typeof ChangeGroupMemberSchema>, void>({
  keysOf: ({ groupId, userId }) => [`${groupId} ${userId}`],
  lock: lockGroups("share"),
  async command(run, { actor, input: { groupId, userId, seen, ...given } }) {
    const { id: environmentId } = environmentOf(actor);
    const [group, [member]] = await Promise.all([
      lockGroup(run, environmentId, groupId, "share"),
      findMembersAmongIn(run, environmentId, groupId, [userId]),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      requireMemberInfoChange(group, actor, await roleOfClient(run, actor, groupId), userId);
    }
    if (member === undefined) throw new AppError("not_in_group", { field: "userId" });
    await requireSeen(run, actor, {
      seen,
      current: { nickname: member.nickname },
      target: { kind: "user", id: userId },
      actions: ["group.member_changed"],
      told: { group: groupId, nickname: member.nickname },
    });
    const before: { nickname?: string; extra?: string } = {};
    const after: { nickname?: string; extra?: string } = {};
    for (const field of ["nickname", "extra"] as const) {
      const value = given[field];
      if (value === undefined || value === member[field]) continue;
      before[field] = member[field];
      after[field] = value;
    }
    if (Object.keys(after).length === 0) return { result: undefined };
    const of = (fields: typeof before) => ({ group: groupId, ...fields });
    const target = { kind: "user", id: userId } as const;
    return {
      result: undefined,
      writes: [memberWrite(environmentId, groupId, userId, after)],
      audit: [{ action: "group.member_changed", target, before: of(before), after: of(after) }],
      events: groupEvents(environmentId, groupId, [userId]),
    };
  },
});
