import { z } from "zod";
import { limitedText, mustBe } from "../input/text";
import { type IMPORT_FIELDS, IMPORT_MAX_BYTES } from "./facts";

export const IMPORT_MAX_LINES = 100_000;
/** So many errors, and so many users of each kind, are named in a dry run. */
export const IMPORT_NAMED = 100;

export type ImportField = (typeof IMPORT_FIELDS)[number];

const encoder = new TextEncoder();
const tooLarge = `A file can be ${IMPORT_MAX_BYTES / 1_000_000} MB at most.`;
const isTooLarge = (text: string) =>
  text.length > IMPORT_MAX_BYTES ||
  (text.length * 3 > IMPORT_MAX_BYTES && encoder.encode(text).length > IMPORT_MAX_BYTES);

const ColumnSchema = limitedText({ characters: 256 }, { empty: true });

export const ImportFileSchema = z.object({
  /** CSV with a line of column names, or a JSON list of objects. */
  text: z.string({ error: mustBe("text") }).refine((text) => !isTooLarge(text), { error: tooLarge }),
  /** The column of each field; "": there is none. Null: to be guessed from their names. */
  mapping: z.object({ userId: ColumnSchema, name: ColumnSchema, avatarUrl: ColumnSchema }).nullable(),
  /** What becomes of users who are registered already. */
  existing: z.enum(["skip", "update"], { error: mustBe('"skip" or "update"') }),
});
export type ImportFileInput = z.input<typeof ImportFileSchema>;
export type ImportMapping = Readonly<Record<ImportField, string>>;

export const StartImportSchema = ImportFileSchema.extend({
  mapping: z.object({ userId: ColumnSchema, name: ColumnSchema, avatarUrl: ColumnSchema }),
});
export type StartImportInput = z.input<typeof StartImportSchema>;

export type ImportFormat = "csv" | "json";

/** A line that cannot be imported. Of JSON the number of the entry. */
export interface LineError {
  readonly line: number;
  readonly userId: string;
  readonly message: string;
}

/** What importing a file would do, changing nothing. */
export interface ImportPlan {
  readonly format: ImportFormat;
  readonly columns: readonly string[];
  /** As given, or as guessed. */
  readonly mapping: ImportMapping;
  /** Lines with something in them, the line of column names aside. */
  readonly lines: number;
  /** Who will be registered. */
  readonly fresh: number;
  /** The first of them. */
  readonly first: readonly string[];
  /** In Development: how many of them find no free seat. */
  readonly withoutSeat: number;
  /** Registered already, with another name or avatar: updated, or left as they are. */
  readonly known: number;
  /** Registered already, as in the file. */
  readonly same: number;
  /** Soft-deleted: the id is kept and is not registered. */
  readonly softDeleted: number;
  readonly errorCount: number;
  /** The first of them. */
  readonly errors: readonly LineError[];
}
