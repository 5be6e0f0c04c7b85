import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type GetUserInput, GetUserSchema } from "./schema";
import { findUser } from "./user-store";

export interface RegisteredUserInfo {
  readonly userId: string;
  readonly name: string;
  /** "" when none was given */
  readonly avatarUrl: string;
  readonly createdAt: Date;
}

/** What was given at registration. Throws `user_not_found`, for soft-deleted users too (contract section 6.1). */
export async function getUser(context: Context, actor: Actor, input: GetUserInput): Promise<RegisteredUserInfo> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const { userId } = GetUserSchema.parse(input);
  const user = await findUser(context.db, environment.id, userId);
  if (user === null || user.softDeletedAt !== null) throw new AppError("user_not_found", { field: "userId" });
  return { userId, name: user.name, avatarUrl: user.avatarUrl, createdAt: user.createdAt };
}
