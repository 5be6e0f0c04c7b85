import { type Actor, type EnvironmentName, environmentOf } from "../actor";
import { findEnvironment } from "../apps/environment-store";
import type { Context } from "../context";
import { type CappedCount, COUNT_CAP } from "../paging/page-size";
import { maySeeUsersOf, requirePermission } from "../permissions";
import { SearchTextSchema } from "./list-schema";
import { countListedUsers } from "./listed-users-store";
import { prepareSearch } from "./prepare-search";

export interface UsersElsewhere {
  readonly environment: EnvironmentName;
  readonly count: CappedCount;
}

/** How many users the same search finds in the app's other environment; null while there is none, or for an empty text. */
export async function countUsersElsewhere(
  context: Context,
  actor: Actor,
  input: { q: string },
): Promise<UsersElsewhere | null> {
  requirePermission(actor, "users.read");
  const { appId, name } = environmentOf(actor);
  const q = SearchTextSchema.parse(input.q);
  const environment: EnvironmentName = name === "development" ? "production" : "development";
  const db = context.db.prisma;
  const other = q === "" ? null : await findEnvironment(db, appId, environment);
  if (other === null || !maySeeUsersOf(actor, other.ref)) return null;
  const condition = { status: "all", created: { from: null, before: null }, now: context.now() } as const;
  const search = await prepareSearch(db, other.ref.id, q, condition);
  return { environment, count: await countListedUsers(db, other.ref.id, search, condition, COUNT_CAP) };
}
