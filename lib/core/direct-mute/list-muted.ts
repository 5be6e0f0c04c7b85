import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findMuted } from "./mute-store";
import { type ListMutedInput, ListMutedSchema } from "./schema";

/** Users muted in direct channels, the longest muted first, with their number (contract section 15). */
export async function listMuted(
  context: Context,
  actor: Actor,
  input: ListMutedInput,
): Promise<{ totalCount: number; userIds: string[] }> {
  requirePermission(actor, "users.read");
  const { pageSize, offset } = ListMutedSchema.parse(input);
  return findMuted(context.db.prisma, environmentOf(actor).id, { offset, limit: pageSize });
}
