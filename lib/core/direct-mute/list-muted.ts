import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { readNumberedPage } from "../paging/numbered-pages";
import { requirePermission } from "../permissions";
import { findMuted, type MutedKeys } from "./mute-store";
import { type ListMutedInput, ListMutedSchema } from "./schema";

/** Users muted in direct channels, the longest muted first, with their number (contract section 15). */
export async function listMuted(
  context: Context,
  actor: Actor,
  input: ListMutedInput,
): Promise<{ totalCount: number; userIds: string[] }> {
  requirePermission(actor, "users.read");
  const { pageSize, offset } = ListMutedSchema.parse(input);
  const { id } = environmentOf(actor);
  let totalCount = 0;
  const users = await readNumberedPage(context.db, {
    offset,
    limit: pageSize,
    list: `muted ${id}`,
    keysOf: (keys: MutedKeys) => keys,
    async read(after, skip, limit) {
      const page = await findMuted(context.db, { environmentId: id, after, skip, limit });
      totalCount = page.totalCount;
      return page.users;
    },
  });
  return { totalCount, userIds: users.map(([, userId]) => userId) };
}
