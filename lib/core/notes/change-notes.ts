import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf, nameOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission, roleMay } from "../permissions";
import { type LockedUser, lockUsers, userKey } from "../users/locked-users-store";
import { countNotes, deleteNoteRow, findNote, insertNote, updateNote } from "./note-store";
import {
  type AddNoteInput,
  AddNoteSchema,
  type ChangeNoteInput,
  ChangeNoteSchema,
  NOTES_MAX,
  type NoteKey,
  NoteKeySchema,
  type UserNote,
} from "./schema";

// The audit log names the note and not its text: the log outlasts the user, with whom the notes are erased.

const targetOf = (userId: string, user: LockedUser) => ({ kind: "user", id: userId, name: user.name }) as const;

/** Whoever writes about a user locks the user, so that nothing is added to one who is being erased. */
async function lockUser(run: Run, environmentId: EnvironmentId, userId: string): Promise<LockedUser> {
  const locked = await lockUsers(run, [{ environmentId, userId }]);
  const user = locked.get(userKey(environmentId, userId));
  if (user === undefined) throw new AppError("user_not_found");
  return user;
}

async function noteOf(db: Db, environmentId: EnvironmentId, { userId, noteId }: NoteKey): Promise<UserNote> {
  const note = await findNote(db, environmentId, userId, noteId);
  if (note === null) throw new AppError("not_found", { message: "This note was deleted meanwhile." });
  return note;
}

/** Notes something about a user. Throws `user_not_found`, and `invalid_parameter` at the hundredth note. */
export async function addNote(context: Context, actor: Actor, input: AddNoteInput): Promise<{ id: string }> {
  requirePermission(actor, "notes.write");
  const { id: environmentId } = environmentOf(actor);
  const { userId, text } = AddNoteSchema.parse(input);
  const author = nameOf(actor);
  return executeWithPrisma(context, actor, async (tx, run) => {
    const user = await lockUser(run, environmentId, userId);
    if ((await countNotes(tx, environmentId, userId)) >= NOTES_MAX) {
      const message = `A user has at most ${NOTES_MAX} notes. Delete one first.`;
      throw new AppError("invalid_parameter", { field: "text", message });
    }
    const { id } = await insertNote(tx, environmentId, {
      userId,
      text,
      createdAt: new Date(context.now()),
      createdById: author.id,
      createdByName: author.name,
    });
    return {
      result: { id },
      audit: [{ action: "user.note_added", target: targetOf(userId, user), after: { note: id } }],
    };
  });
}

/**
 * Changes a note of one's own. Throws `version_conflict` when its text is no longer what the page showed, `not_found` when
 * it is gone, `forbidden` when somebody else wrote it.
 */
export async function changeNote(context: Context, actor: Actor, input: ChangeNoteInput): Promise<void> {
  requirePermission(actor, "notes.write");
  const { id: environmentId } = environmentOf(actor);
  const { userId, noteId, text, shown } = ChangeNoteSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    const user = await lockUser(run, environmentId, userId);
    const note = await noteOf(tx, environmentId, { userId, noteId });
    if (note.createdBy.id !== nameOf(actor).id) {
      throw new AppError("forbidden", { message: `${note.createdBy.name} wrote this note. Only they can change it.` });
    }
    // The log has the note and not its text: its latest entry of this note tells of the text that stands.
    await requireSeen(run, actor, {
      seen: { text: shown },
      current: { text: note.text },
      target: targetOf(userId, user),
      actions: ["user.note_changed"],
      told: { note: noteId },
    });
    if (note.text === text) return { result: undefined };
    await updateNote(tx, environmentId, { userId, noteId }, { text, editedAt: new Date(context.now()) });
    return {
      result: undefined,
      audit: [{ action: "user.note_changed", target: targetOf(userId, user), after: { note: noteId } }],
    };
  });
}

/** Deletes a note: one's own, or anybody's for those who may. Throws `not_found` when it is gone, `forbidden`. */
export async function deleteNote(context: Context, actor: Actor, input: NoteKey): Promise<void> {
  requirePermission(actor, "notes.write");
  const { id: environmentId } = environmentOf(actor);
  const { userId, noteId } = NoteKeySchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    const user = await lockUser(run, environmentId, userId);
    const note = await noteOf(tx, environmentId, { userId, noteId });
    const own = note.createdBy.id === nameOf(actor).id;
    if (!own && actor.kind === "operator" && !roleMay(actor.role, "notes.delete_others")) {
      throw new AppError("forbidden", {
        message: `${note.createdBy.name} wrote this note. They or an admin can delete it.`,
      });
    }
    await deleteNoteRow(tx, environmentId, { userId, noteId });
    return {
      result: undefined,
      audit: [
        {
          action: "user.note_deleted",
          target: targetOf(userId, user),
          before: { note: noteId, author: note.createdBy.name },
        },
      ],
    };
  });
}
