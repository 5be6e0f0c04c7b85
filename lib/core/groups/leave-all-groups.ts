import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { UserIdSchema } from "../users/schema";
import { groupEvents } from "./group-event";
import { lockGroups } from "./group-lock-store";
import { changeMemberCounts } from "./group-store";
import { deleteMemberships } from "./member-store";
import { findGroupIdsToLeave, isRegistered } from "./membership-store";
import { GROUP_ROLE } from "./permission-schema";

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
  const db = context.db.prisma;
  if (!(await isRegistered(db, environmentId, userId))) throw new AppError("user_not_found", { field: "userId" });
  const left: string[] = [];
  for (;;) {
    const groupIds = await findGroupIdsToLeave(db, environmentId, userId, GROUP_ROLE.owner, CHUNK);
    if (groupIds.length === 0) return left;
    const gone = await executeWithPrisma(context, actor, async (tx) => {
      await lockGroups(tx, environmentId, groupIds);
      const ids = await deleteMemberships(tx, environmentId, userId, groupIds, GROUP_ROLE.owner);
      await changeMemberCounts(tx, environmentId, ids, -1);
      const target = { kind: "user", id: userId } as const;
      return {
        result: ids,
        audit: ids.map((group) => ({ action: "group.left", target, before: { group } })),
        events: ids.flatMap((groupId) => groupEvents(environmentId, groupId, [userId])),
      };
    });
    left.push(...gone);
  }
}
