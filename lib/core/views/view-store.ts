import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { ChosenColumns, KeptList, SavedView } from "./schema";

const toView = (row: {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  ownerId: string;
  ownerName: string;
  version: number;
}): SavedView => {
  const { ownerId, ownerName, id, name, query, shared, version } = row;
  return { id, name, query, shared, version, owner: { id: ownerId, name: ownerName } };
};

/** The views of a list that an operator sees: their own and the shared ones. */
export async function findViews(
  db: Db,
  environmentId: EnvironmentId,
  list: KeptList,
  operatorId: string,
): Promise<SavedView[]> {
  const rows = await db.savedView.findMany({
    where: { environmentId, list, OR: [{ shared: true }, { ownerId: operatorId }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(toView);
}

export async function findView(
  db: Db,
  environmentId: EnvironmentId,
  list: KeptList,
  id: string,
): Promise<SavedView | null> {
  const row = await db.savedView.findUnique({ where: { environmentId_list_id: { environmentId, list, id } } });
  return row === null ? null : toView(row);
}

export async function insertView(
  db: Db,
  environmentId: EnvironmentId,
  list: KeptList,
  view: Omit<SavedView, "version"> & { createdAt: Date },
): Promise<void> {
  const { owner, ...rest } = view;
  await db.savedView.create({
    data: { environmentId, list, ...rest, ownerId: owner.id, ownerName: owner.name },
  });
}

/** False when the view is not at this version any more. */
export async function updateView(
  db: Db,
  environmentId: EnvironmentId,
  list: KeptList,
  view: Pick<SavedView, "id" | "version" | "name" | "query" | "shared">,
): Promise<boolean> {
  const { id, version, ...data } = view;
  const { count } = await db.savedView.updateMany({
    where: { environmentId, list, id, version },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1;
}

export async function deleteViewRow(db: Db, environmentId: EnvironmentId, list: KeptList, id: string): Promise<void> {
  await db.savedView.deleteMany({ where: { environmentId, list, id } });
}

export async function findColumns(db: Db, operatorId: string): Promise<ChosenColumns> {
  const rows = await db.listColumns.findMany({ where: { operatorId } });
  return Object.fromEntries(rows.map(({ list, columns }) => [list, columns]));
}

/** `columns` null: the list's own again. */
export async function saveColumns(
  db: Db,
  operatorId: string,
  list: KeptList,
  columns: readonly string[] | null,
): Promise<void> {
  const key = { operatorId, list };
  if (columns === null) await db.listColumns.deleteMany({ where: key });
  else {
    const chosen = { columns: [...columns] };
    await db.listColumns.upsert({ where: { operatorId_list: key }, create: { ...key, ...chosen }, update: chosen });
  }
}

/** Forgets what an operator who is removed has kept for themselves. What they shared stays. */
export async function forgetKeptBy(db: Db, operatorIds: readonly string[]): Promise<void> {
  await db.savedView.deleteMany({ where: { ownerId: { in: [...operatorIds] }, shared: false } });
  await db.listColumns.deleteMany({ where: { operatorId: { in: [...operatorIds] } } });
}
