import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { UserKeySchema } from "../users/list-schema";
import { findNotes } from "./note-store";
import { NOTES_MAX, type UserNote } from "./schema";

/** What operators have noted about a user, newest first: all of it, since a user has at most 100 notes. */
export async function listNotes(context: Context, actor: Actor, input: { userId: string }): Promise<UserNote[]> {
  requirePermission(actor, "users.read");
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return [];
  return findNotes(context.db.prisma, environmentOf(actor).id, parsed.data.userId, NOTES_MAX);
}
