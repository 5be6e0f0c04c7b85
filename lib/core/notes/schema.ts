import { z } from "zod";
import { formText } from "../input/text";
import { UserIdSchema } from "../users/schema";
import { NOTE_MAX_CHARACTERS } from "./facts";

/** Notes of one user. */
export const NOTES_MAX = 100;
const NoteTextSchema = formText({ min: 1, max: NOTE_MAX_CHARACTERS, missing: "Write the note." });
const NoteIdSchema = z.string().regex(/^[1-9]\d{0,17}$/, "Must be the id of a note.");

export const AddNoteSchema = z.object({ userId: UserIdSchema, text: NoteTextSchema });
export type AddNoteInput = z.input<typeof AddNoteSchema>;

/** `shown` is the text that the page showed. */
export const ChangeNoteSchema = z.object({
  userId: UserIdSchema,
  noteId: NoteIdSchema,
  text: NoteTextSchema,
  shown: z.string(),
});
export type ChangeNoteInput = z.input<typeof ChangeNoteSchema>;

export const NoteKeySchema = z.object({ userId: UserIdSchema, noteId: NoteIdSchema });
export type NoteKey = z.input<typeof NoteKeySchema>;

export interface UserNote {
  readonly id: string;
  readonly text: string;
  readonly createdAt: Date;
  /** Of the operator who wrote it; the name as of then. */
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly editedAt: Date | null;
}
