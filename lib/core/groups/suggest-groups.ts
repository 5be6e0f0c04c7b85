import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { SearchTextSchema } from "../users/list-schema";
import { searchGroups } from "./group-list-store";

export interface SuggestedGroup {
  readonly groupId: string;
  readonly name: string;
}

const SUGGESTIONS_MAX = 5;

/** The first five groups that a search finds, for typing ahead; none for an empty text. */
export async function suggestGroups(context: Context, actor: Actor, input: { q: string }): Promise<SuggestedGroup[]> {
  requirePermission(actor, "users.read");
  const q = SearchTextSchema.parse(input.q);
  if (q === "") return [];
  const rows = await searchGroups(context.db.prisma, environmentOf(actor).id, q, null, SUGGESTIONS_MAX);
  return rows.map(({ groupId, name }) => ({ groupId, name }));
}
