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
import { deleteMemberships, isRegistered } from "./member-store";

const LeaveAllGroupsSchema = z.object({ userId: UserIdSchema });

/** Groups left in one transaction: their rows stay locked until it ends. */
const CHUNK = 100;

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
    const gone = await execute(context, actor, async (run): Promise<Outcome<readonly string[] | null>> => {
      const [registered, groupIds] = await Promise.all([
        isRegistered(run, environmentId, userId),
        lockGroupsToLeave(run, environmentId, userId, CHUNK),
      ]);
      if (!registered) throw new AppError("user_not_found", { field: "userId" });
      if (groupIds.length === 0) return { result: null };
      const memberships = groupIds.map((groupId) => ({ environmentId, groupId, userId }));
      const ids = (await deleteMemberships(run, memberships)).map(({ groupId }) => groupId);
      const target = { kind: "user", id: userId } as const;
      return {
        result: ids,
        audit: ids.map((group) => ({ action: "group.left", target, before: { group } })),
        events: ids.flatMap((groupId) => groupEvents(environmentId, groupId, [userId], GROUP_OPERATION.kick)),
      };
    });
    if (gone === null) return left;
    left.push(...gone);
  }
}
