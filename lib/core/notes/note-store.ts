import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { UserNote } from "./schema";

interface NoteRow {
  id: bigint;
  text: string;
  createdAt: Date;
  createdById: string;
  createdByName: string;
  editedAt: Date | null;
}

const toNote = ({ id, text, createdAt, createdById, createdByName, editedAt }: NoteRow): UserNote => ({
  id: String(id),
  text,
  createdAt,
  createdBy: { id: createdById, name: createdByName },
  editedAt,
});

/** Newest first. */
export async function findNotes(db: Db, environmentId: EnvironmentId, userId: string, limit: number) {
  const rows = await db.userNote.findMany({
    where: { environmentId, userId },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(toNote);
}

export function countNotes(db: Db, environmentId: EnvironmentId, userId: string): Promise<number> {
  return db.userNote.count({ where: { environmentId, userId } });
}

export async function findNote(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  noteId: string,
): Promise<UserNote | null> {
  const row = await db.userNote.findUnique({
    where: { environmentId_userId_id: { environmentId, userId, id: BigInt(noteId) } },
  });
  return row === null ? null : toNote(row);
}

export async function insertNote(
  db: Db,
  environmentId: EnvironmentId,
  note: { userId: string; text: string; createdAt: Date; createdById: string; createdByName: string },
): Promise<UserNote> {
  return toNote(await db.userNote.create({ data: { environmentId, ...note } }));
}

export async function updateNote(
  db: Db,
  environmentId: EnvironmentId,
  key: { userId: string; noteId: string },
  change: { text: string; editedAt: Date },
): Promise<void> {
  const id = { environmentId, userId: key.userId, id: BigInt(key.noteId) };
  await db.userNote.update({ where: { environmentId_userId_id: id }, data: change });
}

export async function deleteNoteRow(
  db: Db,
  environmentId: EnvironmentId,
  key: { userId: string; noteId: string },
): Promise<void> {
  const id = { environmentId, userId: key.userId, id: BigInt(key.noteId) };
  await db.userNote.delete({ where: { environmentId_userId_id: id } });
}
