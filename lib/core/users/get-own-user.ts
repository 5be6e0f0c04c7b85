import type { AppUser } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { RegisteredUserInfo } from "./get-user";
import { findUser } from "./user-store";

/** What was given at the connected user's own registration. Throws `user_not_found` when it has been undone meanwhile. */
export async function getOwnUser(context: Context, actor: AppUser): Promise<RegisteredUserInfo> {
  const user = await findUser(context.db, actor.environment.id, actor.userId);
  if (user === null || user.softDeletedAt !== null) throw new AppError("user_not_found");
  return { userId: user.userId, name: user.name, avatarUrl: user.avatarUrl, createdAt: user.createdAt };
}
