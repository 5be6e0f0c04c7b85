import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { deleteAlias, findAlias, writeAlias } from "./alias-store";
import { lockGroup } from "./group-lock-store";
import { findGroup } from "./group-store";
import { findRole, isRegistered, lockPresentUser } from "./membership-store";
import { type GroupAliasKey, GroupAliasKeySchema, type SetGroupAliasInput, SetGroupAliasSchema } from "./schema";

/** The private remark that a member keeps for a group (contract section 17.9); it ends with the membership. */

/** Throws `user_not_found` and `not_in_group`. */
async function requireMember(db: Db, actor: Actor, { groupId, userId }: GroupAliasKey): Promise<void> {
  const { id: environmentId } = environmentOf(actor);
  if ((await findRole(db, environmentId, groupId, userId)) !== null) return;
  const known = await isRegistered(db, environmentId, userId);
  throw new AppError(known ? "not_in_group" : "user_not_found", { field: "userId" });
}

/** Throws `group_not_found`, `user_not_found` and `not_in_group`. */
export async function setGroupAlias(context: Context, actor: Actor, input: SetGroupAliasInput): Promise<void> {
  const { groupId, userId, alias } = SetGroupAliasSchema.parse(input);
  await changeAlias(context, actor, { groupId, userId }, alias);
}

/** An alias that is not there is no error. Throws `group_not_found`, `user_not_found` and `not_in_group`. */
export async function deleteGroupAlias(context: Context, actor: Actor, input: GroupAliasKey): Promise<void> {
  await changeAlias(context, actor, GroupAliasKeySchema.parse(input), "");
}

async function changeAlias(context: Context, actor: Actor, key: GroupAliasKey, alias: string): Promise<void> {
  const { groupId, userId } = key;
  requireOnBehalfOf(actor, "groups.change", userId);
  const { id: environmentId } = environmentOf(actor);
  await executeWithPrisma(context, actor, async (tx) => {
    // Soft delete keeps memberships and erases aliases, so nobody must make one beside it or afterwards.
    const present = await lockPresentUser(tx, environmentId, userId);
    if ((await lockGroup(tx, environmentId, groupId, "share")) === null) {
      throw new AppError("group_not_found", { field: "groupId" });
    }
    await requireMember(tx, actor, key);
    if (!present) throw new AppError("user_not_found", { field: "userId" });
    const before = await findAlias(tx, environmentId, groupId, userId);
    if (alias === before) return { result: undefined };
    if (alias === "") await deleteAlias(tx, environmentId, groupId, userId);
    else await writeAlias(tx, environmentId, groupId, userId, alias);
    const of = (one: string) => ({ group: groupId, alias: one });
    const target = { kind: "user", id: userId } as const;
    return {
      result: undefined,
      audit: [{ action: "group.alias_changed", target, before: of(before), after: of(alias) }],
    };
  });
}

/** The alias, "" when there is none. Throws `group_not_found`, `user_not_found` and `not_in_group`. */
export async function getGroupAlias(context: Context, actor: Actor, input: GroupAliasKey): Promise<string> {
  const key = GroupAliasKeySchema.parse(input);
  requireOnBehalfOf(actor, "users.read", key.userId);
  const { id: environmentId } = environmentOf(actor);
  const db = context.db.prisma;
  if ((await findGroup(db, environmentId, key.groupId)) === null) {
    throw new AppError("group_not_found", { field: "groupId" });
  }
  await requireMember(db, actor, key);
  return findAlias(db, environmentId, key.groupId, key.userId);
}
