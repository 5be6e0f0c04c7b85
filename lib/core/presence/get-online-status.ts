import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { type GetUserInput, GetUserSchema } from "../users/schema";
import { isOnline } from "./online-store";

/** Whether the user has at least one live connection; somebody unknown has none (contract section 9). */
export async function getOnlineStatus(context: Context, actor: Actor, input: GetUserInput): Promise<boolean> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const { userId } = GetUserSchema.parse(input);
  return await isOnline(context.db, environment.id, userId);
}
