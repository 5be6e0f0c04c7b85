import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { requireOwner, requireRoleFor, roleOfClient } from "./client-rules";
import { type Group, withoutDefaults, withoutEmpty } from "./group";
import { groupWrite, lockGroup, lockGroups } from "./group-store";
import { findMemberIdsIn } from "./member-store";
import { EXT_PAIRS_MAX, type UpdateGroupInput, UpdateGroupSchema } from "./schema";

/**
 * Changes what a group tells of itself, and its permissions (contract section 17): what is left out stays, "" clears a key. Its members'
 * clients are told. A client may by `profilePerm`, and change permissions only if its user is the owner. Throws `group_not_found`,
 * `group_name_empty`, `not_in_group`, `group_forbidden`, `invalid_parameter` for more than ten attributes, counted with those that are
 * there, and `version_conflict` when it is not as `seen`.
 */
export async function updateGroup(context: Context, actor: Actor, input: UpdateGroupInput): Promise<Group> {
  const parsed = UpdateGroupSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "groups.change");
  if (parsed.name === "") throw new AppError("group_name_empty", { field: "name" });
  return update(context, actor, parsed);
}

const update = executeSideBySide<z.output<typeof UpdateGroupSchema>, Group>({
  keysOf: ({ groupId }) => [groupId],
  lock: lockGroups("change"),
  async command(run, { context, actor, input: { groupId, seen, ...given } }) {
    const { id: environmentId } = environmentOf(actor);
    const at = context.now();
    const group = await lockGroup(run, environmentId, groupId, "change");
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (actor.kind === "app_user") {
      const role = await roleOfClient(run, actor, groupId);
      requireRoleFor(group, "profilePerm", role);
      if (Object.keys(given.permissions).length > 0) requireOwner(role, "Only the owner can change permissions.");
    }
    const { name, profile, extended } = group;
    await requireSeen(run, actor, {
      seen,
      current: { name, profile, extended },
      target: { kind: "group", id: groupId, name },
      actions: ["group.changed"],
    });
    const after: Group = {
      ...group,
      name: given.name ?? group.name,
      profile: withoutEmpty({ ...group.profile, ...given.profile }),
      extended: withoutEmpty({ ...group.extended, ...given.extended }),
      permissions: { ...group.permissions, ...given.permissions },
    };
    if (Object.keys(after.extended).length > EXT_PAIRS_MAX) {
      throw new AppError("invalid_parameter", {
        field: "extended",
        message: `A group has at most ${EXT_PAIRS_MAX} attributes.`,
      });
    }
    const [was, is] = [told(group), told(after)];
    const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => was[key] !== is[key]);
    if (changed.length === 0) return { result: group };
    const pick = (from: Told) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null]));
    const members = await findMemberIdsIn(run, environmentId, groupId);
    return {
      result: after,
      writes: [groupWrite(environmentId, { ...after, permissions: withoutDefaults(after.permissions) })],
      audit: [
        {
          action: "group.changed",
          target: { kind: "group", id: groupId, name: after.name },
          before: pick(was),
          after: pick(is),
        },
      ],
      events: [
        {
          type: "groups.info_changed",
          environmentId,
          groupId,
          userIds: members,
          changed,
          operatorId: actor.kind === "app_user" ? actor.userId : "",
          at,
        },
      ],
    };
  },
});

type Told = Readonly<Record<string, string | number | undefined>>;

/** All that can change, under one name each: attributes begin with `ext_`. */
const told = ({ name, profile, extended, permissions }: Group): Told => ({
  name,
  ...profile,
  ...extended,
  ...permissions,
});
