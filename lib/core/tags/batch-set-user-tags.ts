import { onPool } from "@/lib/db/statement";
import { retrying } from "@/lib/db/transaction";
import { type Actor, environmentOf } from "../actor";
import { isRecorded } from "../audit/schema";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { replaceTags } from "./replace-tags-store";
import { type SetUserTagsInput, SetUserTagsSchema } from "./schema";
import { lockTaggedUsers } from "./tag-store";

/**
 * Replaces all tags of the users; an empty list clears them. Unknown and soft-deleted users are skipped (contract section
 * 11). Throws `version_conflict` when a user's tags are not as `seen`. Only operators' and the installation's changes are audited.
 */
export async function batchSetUserTags(context: Context, actor: Actor, input: SetUserTagsInput): Promise<void> {
  requirePermission(actor, "tags.change");
  const environment = environmentOf(actor);
  const { userIds, tags, seen } = SetUserTagsSchema.parse(input);
  if (!isRecorded("user.tags_changed", actor.kind)) {
    // One statement, from which nothing follows, needs no more than itself.
    await retrying(() => replaceTags(onPool(context.db.pool), environment.id, userIds, tags));
    return;
  }
  await executeWithPrisma(context, actor, async (tx, run) => {
    const users = await lockTaggedUsers(tx, run, environment.id, userIds);
    for (const { userId, tags: current } of users) {
      const target = { kind: "user", id: userId } as const;
      await requireSeen(run, actor, { seen, current: { tags: current }, target, actions: ["user.tags_changed"] });
    }
    const changed = users.filter((user) => JSON.stringify(user.tags) !== JSON.stringify(tags));
    const ids = changed.map((user) => user.userId);
    if (ids.length > 0) await replaceTags(run, environment.id, ids, tags);
    return {
      result: undefined,
      audit: changed.map((user) => ({
        action: "user.tags_changed",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { tags: user.tags },
        after: { tags },
      })),
    };
  });
}
