import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { UserIdSchema } from "../users/schema";
import { GROUP_OPERATION, groupEvents } from "./group-event";
import { lockGroupsToLeave } from "./group-store";
import { deleteMemberships, isInGroupsToLeave, isRegistered } from "./member-store";

const LeaveAllGroupsSchema = z.object({ userId: UserIdSchema });

/** Groups left in one transaction: their rows stay locked until it ends. */
const CHUNK = 100;

interface Left {
  readonly ids: readonly string[];
  /** Whether there are more groups than one transaction leaves. */
  readonly more: boolean;
}

/**
 * Takes a user, soft-deleted or not, out of every group except those the user owns: an owner can only dismiss (contract
 * section 17.7, docs/decisions/0047). Gives the groups left. Throws `user_not_found`.
 */
export async function leaveAllGroups(
  context: Context,
  actor: Actor,
  input: z.input<typeof LeaveAllGroupsSchema>,
): Promise<readonly string[]> {
  const { userId } = LeaveAllGroupsSchema.parse(input);
  requireOnBehalfOf(actor, "groups.change", userId);
  const { id: environmentId } = environmentOf(actor);
  const left: string[] = [];
  for (;;) {
    const { ids, more } = await execute(context, actor, async (run): Promise<Outcome<Left>> => {
      const [registered, groupIds] = await Promise.all([
        isRegistered(run, environmentId, userId),
        lockGroupsToLeave(run, environmentId, userId, CHUNK),
      ]);
      if (!registered) throw new AppError("user_not_found", { field: "userId" });
      if (groupIds.length === 0) return { result: { ids: [], more: false } };
      const memberships = groupIds.map((groupId) => ({ environmentId, groupId, userId }));
      // In this order, so that what is left is seen.
      const [gone, more] = await Promise.all([
        deleteMemberships(run, memberships),
        isInGroupsToLeave(run, environmentId, userId),
      ]);
      const ids = gone.map(({ groupId }) => groupId);
      const target = { kind: "user", id: userId } as const;
      return {
        result: { ids, more },
        audit: ids.map((group) => ({ action: "group.left", target, before: { group } })),
        events: ids.flatMap((groupId) => groupEvents(environmentId, groupId, [userId], GROUP_OPERATION.kick)),
      };
    });
    left.push(...ids);
    if (!more) return left;
  }
}
