import type { Run } from "@/lib/db/statement";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Group } from "./group";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroup, lockGroups } from "./group-store";
import { findMembersAmongIn, holdUsers, membersWrite } from "./member-store";
import { GROUP_MEMBER_LIMIT } from "./schema";

export interface AddedMembers {
  /** The group as it is now. */
  readonly group: Group;
  /** Who has become a member, in the order given. */
  readonly joined: readonly string[];
}

/** Throws unless the actor may let them in; gives false where somebody has to approve first: then nobody is let in. `known` are the registered ones, `already` those of them who are members. */
export type AdmissionCheck = (
  run: Run,
  group: Group,
  users: { readonly known: readonly string[]; readonly already: ReadonlySet<string> },
) => boolean | Promise<boolean>;

/**
 * Lets users in. Those who are not registered, soft-deleted or members already are skipped. The group's row is locked, so
 * that its count is that of its members and the limit holds however many calls race. Throws `group_not_found` and, with
 * nobody let in, `group_full`.
 */
export async function addMembers(
  context: Context,
  actor: Actor,
  input: { readonly groupId: string; readonly userIds: readonly string[] },
  check: AdmissionCheck = () => true,
): Promise<AddedMembers> {
  return add(context, actor, { ...input, check });
}

interface Addition {
  readonly groupId: string;
  readonly userIds: readonly string[];
  readonly check: AdmissionCheck;
}

const add = executeSideBySide<Addition, AddedMembers>({
  keysOf: ({ groupId }) => [groupId],
  lock: (run, environmentId, inputs) =>
    Promise.all([
      holdUsers(
        run,
        environmentId,
        inputs.flatMap(({ userIds }) => userIds),
      ),
      lockGroups("change")(run, environmentId, inputs),
    ]),
  async command(run, { context, actor, input: { groupId, userIds, check } }) {
    const { id: environmentId } = environmentOf(actor);
    // One exchange, in this order: each statement sees what those before it have locked.
    const [known, group, members] = await Promise.all([
      holdUsers(run, environmentId, userIds),
      lockGroup(run, environmentId, groupId, "change"),
      findMembersAmongIn(run, environmentId, groupId, userIds),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    const already = new Set(members.map((member) => member.userId));
    if (!(await check(run, group, { known, already }))) return { result: { group, joined: [] } };
    const joined = known.filter((userId) => !already.has(userId));
    if (joined.length === 0) return { result: { group, joined } };
    const memberCount = group.memberCount + joined.length;
    if (memberCount > GROUP_MEMBER_LIMIT) throw new AppError("group_full");
    return {
      result: { group: { ...group, memberCount }, joined },
      writes: [membersWrite(environmentId, groupId, joined, new Date(context.now()))],
      audit: joined.map((userId) => ({
        action: "group.joined",
        target: { kind: "user", id: userId },
        after: { group: groupId },
      })),
      events: groupEvents(environmentId, groupId, joined, GROUP_OPERATION.join),
    };
  },
});
