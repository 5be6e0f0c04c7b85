import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { UserKeySchema } from "../users/list-schema";
import type { UserDataCounts } from "./schema";
import { countUserData as countStored } from "./user-data-store";

/** How much is stored of a user, for the question before it goes. Of an id that nobody has, nothing is. */
export async function countUserData(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<UserDataCounts> {
  requirePermission(actor, "users.read");
  const parsed = UserKeySchema.safeParse(input);
  return parsed.success ? countStored(context.db, environmentOf(actor).id, parsed.data.userId) : {};
}
