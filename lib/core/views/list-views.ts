import { type Actor, environmentOf, nameOf } from "../actor";
import type { Context } from "../context";
import { requirePermission, roleMay } from "../permissions";
import { ListViewsSchema, type SavedView, type ShownView } from "./schema";
import { findViews } from "./view-store";

/** The views of one list that an operator sees, by name: their own, and those that others share. */
export async function listViews(context: Context, actor: Actor, input: { list: string }): Promise<ShownView[]> {
  requirePermission(actor, "users.read");
  const { list } = ListViewsSchema.parse(input);
  const views = await findViews(context.db.prisma, environmentOf(actor).id, list, nameOf(actor).id);
  return views.map((view) => ({ ...view, own: isOwn(actor, view), mayChange: mayChange(actor, view) }));
}

const isOwn = (actor: Actor, view: SavedView) => view.owner.id === nameOf(actor).id;

/** Whoever saved a view changes it, and who may manage views those that others share. */
export function mayChange(actor: Actor, view: SavedView): boolean {
  if (isOwn(actor, view)) return true;
  return view.shared && (actor.kind !== "operator" || roleMay(actor.role, "views.manage"));
}
