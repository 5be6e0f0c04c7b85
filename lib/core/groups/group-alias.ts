import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { lockUsers } from "../users/locked-users-store";
import { type AliasState, aliasWrite, findAlias, findAliasIn } from "./alias-store";
import { lockGroup, lockGroups } from "./group-store";
import { lockPresentUser } from "./member-store";
import { type GroupAliasKey, GroupAliasKeySchema, type SetGroupAliasInput, SetGroupAliasSchema } from "./schema";

/** The private remark that a member keeps for a group (contract section 17.9); it ends with the membership. */

/** The member's alias. Throws `group_not_found`, `user_not_found` and `not_in_group`. */
function aliasOfMember({ groupExists, registered, member, alias }: AliasState): string {
  if (!groupExists) throw new AppError("group_not_found", { field: "groupId" });
  if (!member) throw new AppError(registered ? "not_in_group" : "user_not_found", { field: "userId" });
  return alias;
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
  await changeSideBySide(context, actor, { groupId, userId, alias });
}

const changeSideBySide = executeSideBySide<GroupAliasKey & { readonly alias: string }, void>({
  keysOf: ({ groupId, userId }) => [`${groupId} ${userId}`],
  lock: (run, environmentId, inputs) =>
    Promise.all([
      lockUsers(
        run,
        inputs.map(({ userId }) => ({ environmentId, userId })),
        "share",
      ),
      lockGroups("share")(run, environmentId, inputs),
    ]),
  async command(run, { actor, input: { groupId, userId, alias } }) {
    const { id: environmentId } = environmentOf(actor);
    // Soft delete keeps memberships and erases aliases, so nobody must make one beside it or afterwards.
    const [present, , state] = await Promise.all([
      lockPresentUser(run, environmentId, userId),
      lockGroup(run, environmentId, groupId, "share"),
      findAliasIn(run, environmentId, groupId, userId),
    ]);
    const before = aliasOfMember(state);
    if (!present) throw new AppError("user_not_found", { field: "userId" });
    if (alias === before) return { result: undefined };
    const of = (one: string) => ({ group: groupId, alias: one });
    const target = { kind: "user", id: userId } as const;
    return {
      result: undefined,
      writes: [aliasWrite(environmentId, groupId, userId, alias)],
      audit: [{ action: "group.alias_changed", target, before: of(before), after: of(alias) }],
    };
  },
});

/** The alias, "" when there is none. Throws `group_not_found`, `user_not_found` and `not_in_group`. */
export async function getGroupAlias(context: Context, actor: Actor, input: GroupAliasKey): Promise<string> {
  const key = GroupAliasKeySchema.parse(input);
  requireOnBehalfOf(actor, "users.read", key.userId);
  return aliasOfMember(await findAlias(context.db, environmentOf(actor).id, key.groupId, key.userId));
}
