import type { Db } from "@/lib/db/database";
import { type Actor, environmentOf, nameOf } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { mayChange } from "./list-views";
import {
  type ChangeViewInput,
  ChangeViewSchema,
  type KeptList,
  type SavedView,
  type SaveViewInput,
  SaveViewSchema,
  VIEWS_MAX,
  type ViewKey,
  ViewKeySchema,
} from "./schema";
import { deleteViewRow, findView, findViews, insertView, updateView } from "./view-store";

/** Only what others see is recorded: how someone looks at a list is their own affair. */
function record(
  actor: Actor,
  action: "view.shared" | "view.changed" | "view.deleted",
  list: KeptList,
  views: { readonly before?: SavedView; readonly after?: Pick<SavedView, "name" | "query" | "shared"> },
): AuditRecord[] {
  const { before, after } = views;
  if (!before?.shared && !after?.shared) return [];
  const { appKey, appName, name } = environmentOf(actor);
  const shown = (view: Pick<SavedView, "name" | "query" | "shared">) => ({
    list,
    view: view.name,
    query: view.query,
    shared: view.shared,
  });
  return [
    {
      action,
      target: { kind: "environment", id: appKey, name: `${appName} ${name}` },
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    },
  ];
}

async function requireOwnName(tx: Db, actor: Actor, list: KeptList, name: string, but: string | null): Promise<void> {
  const ownerId = nameOf(actor).id;
  const views = await findViews(tx, environmentOf(actor).id, list, ownerId);
  const own = views.filter(({ owner, id }) => owner.id === ownerId && id !== but);
  if (but === null && own.length >= VIEWS_MAX) {
    const message = `You have ${VIEWS_MAX} views of this list. Delete one first.`;
    throw new AppError("invalid_parameter", { field: "name", message });
  }
  if (own.some((view) => view.name === name)) {
    throw new AppError("invalid_parameter", { field: "name", message: "You have a view of this name." });
  }
}

/** Saves a view for oneself, or for all of the environment's operators. Throws `invalid_parameter` for a name that is taken. */
export async function saveView(context: Context, actor: Actor, input: SaveViewInput): Promise<{ id: string }> {
  requirePermission(actor, "users.read");
  const { list, ...view } = SaveViewSchema.parse(input);
  if (view.shared) requirePermission(actor, "views.share");
  const { id: environmentId } = environmentOf(actor);
  const { id: ownerId, name: ownerName } = nameOf(actor);
  return executeWithPrisma(context, actor, async (tx) => {
    await requireOwnName(tx, actor, list, view.name, null);
    const id = newId.view();
    const owner = { id: ownerId, name: ownerName };
    await insertView(tx, environmentId, list, { id, ...view, owner, createdAt: new Date(context.now()) });
    return { result: { id }, audit: record(actor, "view.shared", list, { after: view }) };
  });
}

/**
 * Renames a view, gives it another address, shares it or takes it back. Throws `version_conflict` when someone has changed it
 * since, `not_found` when it is gone, `forbidden` when it is someone else's.
 */
export async function changeView(context: Context, actor: Actor, input: ChangeViewInput): Promise<void> {
  requirePermission(actor, "users.read");
  const { list, viewId, version, ...change } = ChangeViewSchema.parse(input);
  const { id: environmentId } = environmentOf(actor);
  await executeWithPrisma(context, actor, async (tx) => {
    const before = await changeable(tx, actor, list, viewId);
    if (change.shared && !before.shared) requirePermission(actor, "views.share");
    if (before.owner.id === nameOf(actor).id) await requireOwnName(tx, actor, list, change.name, viewId);
    if (!(await updateView(tx, environmentId, list, { id: viewId, version, ...change }))) {
      const did = `changed the view ${before.name}`;
      throw new AppError("version_conflict", {
        message: `Someone ${did} meanwhile.`,
        conflict: { by: null, at: null, did, current: { version: before.version } },
      });
    }
    return { result: undefined, audit: record(actor, "view.changed", list, { before, after: change }) };
  });
}

/** Deletes a view; one that is gone stays gone. Throws `forbidden` when it is someone else's. */
export async function deleteView(context: Context, actor: Actor, input: ViewKey): Promise<void> {
  requirePermission(actor, "users.read");
  const { list, viewId } = ViewKeySchema.parse(input);
  const { id: environmentId } = environmentOf(actor);
  await executeWithPrisma(context, actor, async (tx) => {
    const before = await changeable(tx, actor, list, viewId);
    await deleteViewRow(tx, environmentId, list, viewId);
    return { result: undefined, audit: record(actor, "view.deleted", list, { before }) };
  });
}

async function changeable(tx: Db, actor: Actor, list: KeptList, viewId: string): Promise<SavedView> {
  const view = await findView(tx, environmentOf(actor).id, list, viewId);
  // What someone else keeps for themselves is not there for others.
  if (view === null || (!view.shared && !mayChange(actor, view))) {
    throw new AppError("not_found", { message: "This view was deleted meanwhile." });
  }
  if (!mayChange(actor, view)) {
    throw new AppError("forbidden", {
      message: `${view.owner.name} saved this view. They or an admin can change it. You can save it under another name.`,
    });
  }
  return view;
}
