import { z } from "zod";
import { type Actor, environmentOf, requireOnBehalfOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { UserIdSchema } from "../users/schema";
import { auditGroupChange } from "./group-audit";
import { lockGroups } from "./group-lock-store";
import { changeMemberCounts } from "./group-store";
import { deleteMemberships } from "./member-store";
import { findGroupIdsToLeave, isRegistered } from "./membership-store";
import { GROUP_ROLE } from "./permission-schema";
import { publishGroupChange } from "./publish-group-change";

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
    const gone = await context.db.transaction(async (tx) => {
      await lockGroups(tx, environmentId, groupIds);
      const ids = await deleteMemberships(tx, environmentId, userId, groupIds, GROUP_ROLE.owner);
      await changeMemberCounts(tx, environmentId, ids, -1);
      await auditGroupChange(
        tx,
        actor,
        context.now(),
        ids.map((groupId) => ({
          action: "group.left" as const,
          target: { kind: "user" as const, id: userId },
          before: { group: groupId },
        })),
      );
      return ids;
    });
    for (const groupId of gone) await publishGroupChange(context, environmentId, groupId, [userId]);
    left.push(...gone);
  }
}
