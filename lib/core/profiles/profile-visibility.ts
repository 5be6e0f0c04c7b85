import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type ChangeVisibilityInput, ChangeVisibilitySchema } from "./schema";
import { findVisibility, writeVisibility } from "./visibility-store";

/**
 * The connected user's own choice of who sees the hosted profile: 1 hidden, 2 everyone, 3 friends; 0: none, the
 * environment's default holds. Throws `user_not_found`.
 */
export async function getMyUserProfileVisibility(context: Context, actor: AppUser): Promise<number> {
  const visibility = await findVisibility(context.db.prisma, actor.environment.id, actor.userId);
  if (visibility === undefined) throw new AppError("user_not_found");
  return visibility ?? 0;
}

/** Makes that choice, or with 0 takes it back. Throws `user_not_found`. */
export async function updateMyUserProfileVisibility(
  context: Context,
  actor: AppUser,
  input: ChangeVisibilityInput,
): Promise<void> {
  const { visibility } = ChangeVisibilitySchema.parse(input);
  const { environment, userId } = actor;
  const stored = visibility === 0 ? null : visibility;
  if (!(await writeVisibility(context.db.prisma, environment.id, userId, stored))) throw new AppError("user_not_found");
}
