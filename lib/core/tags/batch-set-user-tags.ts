import { retrying, retryingTransaction } from "@/lib/db/retry";
import { type Actor, environmentOf, requirePermission } from "../actor";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { type SetUserTagsInput, SetUserTagsSchema } from "./schema";
import { lockTaggedUsers, replaceTags } from "./tag-store";

/**
 * Replaces all tags of the users; an empty list clears them. Unknown and soft-deleted users are skipped (contract section
 * 11). Only operators' and the installation's changes are audited.
 */
export async function batchSetUserTags(context: Context, actor: Actor, input: SetUserTagsInput): Promise<void> {
  requirePermission(actor, "tags.change");
  const environment = environmentOf(actor);
  const { userIds, tags } = SetUserTagsSchema.parse(input);
  if (actor.kind === "app_server") {
    await retrying(() => replaceTags(context.db.prisma, environment.id, userIds, tags));
    return;
  }
  await retryingTransaction(context.db, async (tx) => {
    const users = await lockTaggedUsers(tx, environment.id, userIds);
    const changed = users.filter((user) => JSON.stringify(user.tags) !== JSON.stringify(tags));
    if (changed.length === 0) return;
    await replaceTags(
      tx,
      environment.id,
      changed.map((user) => user.userId),
      tags,
    );
    await writeAudit(
      tx,
      environment.id,
      actor,
      context.now(),
      changed.map((user) => ({
        action: "user.tags_changed",
        target: { kind: "user", id: user.userId, name: user.name },
        before: { tags: user.tags },
        after: { tags },
      })),
    );
  });
}
