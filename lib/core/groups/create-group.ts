import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { requireInvitesWithoutConsent } from "./client-rules";
import { type Group, type StoredGroup, toGroup, withoutDefaults, withoutEmpty } from "./group";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { insertGroup } from "./group-store";
import { holdUsers } from "./member-store";
import { DEFAULT_GROUP_PERMISSIONS, type GroupPermissions } from "./permission-schema";
import { type CreateGroupInput, CreateGroupSchema, isGroupId } from "./schema";

/**
 * Creates a group with its owner and the registered ones of `userIds` as members (contract section 17.1). A client
 * creates groups of its own user, and adds others only while their consent is not asked for. Throws `group_exists`,
 * `group_id_invalid`, `group_name_empty`, `user_not_found` (the owner), `group_forbidden`.
 */
export async function createGroup(context: Context, actor: Actor, input: CreateGroupInput): Promise<Group> {
  const parsed = CreateGroupSchema.parse(input);
  const { groupId, name, ownerId } = parsed;
  requireOnBehalfOf(actor, "groups.change", ownerId);
  if (!isGroupId(groupId)) throw new AppError("group_id_invalid", { field: "groupId" });
  if (name === "") throw new AppError("group_name_empty", { field: "name" });
  const others = parsed.userIds.filter((userId) => userId !== ownerId);
  const permissions = { ...DEFAULT_GROUP_PERMISSIONS, ...parsed.permissions };
  if (actor.kind === "app_user" && others.length > 0) requireInvitesWithoutConsent(permissions);

  return create(context, actor, { ...parsed, others, permissions, createdAt: new Date(context.now()) });
}

interface Creation extends z.output<typeof CreateGroupSchema> {
  /** Who is to be in it beside the owner. */
  readonly others: readonly string[];
  readonly permissions: GroupPermissions;
  readonly createdAt: Date;
}

const create = executeSideBySide<Creation, Group>({
  keysOf: ({ groupId }) => [groupId],
  lock: (run, environmentId, inputs) =>
    holdUsers(
      run,
      environmentId,
      inputs.flatMap(({ ownerId, others }) => [ownerId, ...others]),
    ),
  async command(run, { actor, input }) {
    const { groupId, name, ownerId, others, permissions, createdAt } = input;
    const { id: environmentId } = environmentOf(actor);
    const known = await holdUsers(run, environmentId, [ownerId, ...others]);
    if (known[0] !== ownerId) throw new AppError("user_not_found", { field: "ownerId" });
    const stored: StoredGroup = {
      groupId,
      name,
      ownerId,
      profile: withoutEmpty(input.profile),
      extended: withoutEmpty(input.extended),
      permissions: withoutDefaults(permissions),
      createdAt,
      memberCount: known.length,
    };
    if (!(await insertGroup(run, environmentId, stored, known)))
      throw new AppError("group_exists", { field: "groupId" });
    const target = { kind: "group", id: groupId, name } as const;
    return {
      result: toGroup(stored),
      audit: [{ action: "group.created", target, after: { owner: ownerId, members: known.length } }],
      events: groupEvents(environmentId, groupId, known, GROUP_OPERATION.create),
    };
  },
});
