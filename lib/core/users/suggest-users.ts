import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { SearchTextSchema, type UserRow } from "./list-schema";
import { prepareSearch } from "./prepare-search";
import { searchUsers } from "./user-search-store";
import { withConnections } from "./with-connections";

export const SUGGESTIONS_MAX = 8;

/** The first eight users that a search finds, for typing ahead; none for an empty text. */
export async function suggestUsers(context: Context, actor: Actor, input: { q: string }): Promise<UserRow[]> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const q = SearchTextSchema.parse(input.q);
  if (q === "") return [];
  const now = context.now();
  const condition = { status: "all", created: { from: null, before: null }, now } as const;
  const db = context.db.prisma;
  const search = await prepareSearch(db, environment.id, q, condition);
  const rows = await searchUsers(db, environment.id, search, condition, null, SUGGESTIONS_MAX);
  return withConnections(context, environment.id, rows);
}
