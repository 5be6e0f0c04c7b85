import { type Actor, type EnvironmentName, environmentOf } from "../actor";
import { findEnvironment } from "../apps/environment-store";
import type { Context } from "../context";
import { maySeeUsersOf, requirePermission } from "../permissions";
import { UserKeySchema } from "./list-schema";
import { findUserRow } from "./user-lookup-store";

/** The app's other environment, when a user of this id is registered there: "It exists in Production". Else null. */
export async function findUserElsewhere(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<EnvironmentName | null> {
  requirePermission(actor, "users.read");
  const { appId, name } = environmentOf(actor);
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const elsewhere: EnvironmentName = name === "development" ? "production" : "development";
  const other = await findEnvironment(context.db.prisma, appId, elsewhere);
  if (other === null || !maySeeUsersOf(actor, other.ref)) return null;
  const user = await findUserRow(context.db.prisma, other.ref.id, parsed.data.userId);
  return user === null ? null : elsewhere;
}
