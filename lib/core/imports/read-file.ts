import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { z } from "zod";
import { AppError } from "../errors";
import { RegisterUserSchema } from "../users/schema";
import { IMPORT_MAX_LINES, type ImportField, type ImportFormat, type ImportMapping, type LineError } from "./schema";

/** A record of a file, as it stands there. */
interface FileRecord {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A file with its columns; `records` may be gone through once. */
interface OpenFile {
  readonly format: ImportFormat;
  readonly columns: readonly string[];
  readonly records: AsyncGenerator<FileRecord>;
}

/** A user as a file has them. */
export interface ImportedUser {
  readonly line: number;
  readonly userId: string;
  readonly name: string;
  /** null: none is given, a stored one stays. */
  readonly avatarUrl: string | null;
}

const refuse = (message: string) => new AppError("invalid_parameter", { field: "text", message });

const tooMany = () => refuse(`A file can have ${IMPORT_MAX_LINES.toLocaleString("en-US")} users at most.`);

/** Opens a file, whichever of the two it is. Throws `invalid_parameter` (field `text`) for what is neither. */
export async function openFile(text: string): Promise<OpenFile> {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (start === "") throw refuse("The file is empty.");
  return start.startsWith("[") || start.startsWith("{") ? openJson(start) : openCsv(text);
}

const EntriesSchema = z.array(z.record(z.string(), z.unknown()));

function openJson(text: string): OpenFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw refuse(`This isn’t valid JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`);
  }
  const entries = EntriesSchema.safeParse(parsed);
  if (!entries.success) throw refuse("JSON must be a list of objects, one per user.");
  if (entries.data.length > IMPORT_MAX_LINES) throw tooMany();
  const columns = new Set(entries.data.slice(0, 1_000).flatMap((entry) => Object.keys(entry)));
  async function* records(): AsyncGenerator<FileRecord> {
    for (const [index, values] of entries.data?.entries() ?? []) yield { line: index + 1, values };
  }
  return { format: "json", columns: [...columns], records: records() };
}

/** Of comma, semicolon and tab the one that the line of column names has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const head = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].sort((one, other) => count(other) - count(one))[0] ?? ",";
}

async function openCsv(text: string): Promise<OpenFile> {
  // One kind of line end, and empty lines as records: so that lines are counted as an editor counts them.
  const parser = Readable.from([text.replaceAll(/\r\n?/g, "\n")]).pipe(
    parse({ bom: true, delimiter: delimiterOf(text), info: true, relax_column_count: true, relax_quotes: true }),
  );
  const lines = readLines(parser);
  const head = await lines.next();
  if (head.done) throw refuse("The file is empty.");
  const columns = head.value.cells.map((cell) => cell.trim());
  async function* records(): AsyncGenerator<FileRecord> {
    let count = 0;
    for await (const { line, cells } of lines) {
      if (cells.every((cell) => cell.trim() === "")) continue;
      count += 1;
      if (count > IMPORT_MAX_LINES) throw tooMany();
      yield { line, values: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) };
    }
  }
  return { format: "csv", columns, records: records() };
}

/** The lines of CSV, each with the number of the one on which it begins. */
async function* readLines(parser: AsyncIterable<{ record: string[]; info: { lines: number } }>) {
  let before = 0;
  try {
    for await (const { record, info } of parser) {
      yield { line: before + 1, cells: record };
      before = info.lines;
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    throw refuse(`This isn’t valid CSV. ${error.message}`);
  }
}

/** By its code: the class of the package is another one in each bundle of the built console. */
const isCsvError = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("CSV_");

const NAMES: Readonly<Record<ImportField, readonly string[]>> = {
  userId: ["userid", "id", "user", "uid"],
  name: ["name", "username", "displayname", "fullname", "nickname"],
  avatarUrl: ["avatarurl", "avatar", "picture", "photo", "image", "userprofile"],
};

/** Which column is what, by its name. */
export function guessMapping(columns: readonly string[]): ImportMapping {
  const plain = (column: string) => column.toLowerCase().replaceAll(/[^a-z]/g, "");
  const find = (field: ImportField) =>
    NAMES[field].flatMap((name) => columns.filter((column) => plain(column) === name))[0] ?? "";
  return { userId: find("userId"), name: find("name"), avatarUrl: find("avatarUrl") };
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";

/**
 * Reads the users of a file one by one, and the lines on which there is none. An id that stands in the file twice counts
 * where it stands first.
 */
export async function* readUsers(
  { records }: Pick<OpenFile, "records">,
  mapping: ImportMapping,
): AsyncGenerator<ImportedUser | LineError> {
  const seen = new Map<string, number>();
  const cell = (values: Readonly<Record<string, unknown>>, column: string) =>
    column === "" || !Object.hasOwn(values, column) ? "" : textOf(values[column]);
  for await (const { line, values } of records) {
    const userId = cell(values, mapping.userId);
    const avatarUrl = cell(values, mapping.avatarUrl);
    const user = RegisterUserSchema.safeParse({
      userId,
      name: cell(values, mapping.name),
      ...(avatarUrl === "" ? {} : { avatarUrl }),
    });
    if (!user.success) {
      const [issue] = user.error.issues;
      yield { line, userId, message: `${issue?.path.join(".")}: ${issue?.message}` };
      continue;
    }
    const before = seen.get(userId);
    if (before !== undefined) {
      yield { line, userId, message: `userId: Stands in line ${before} already.` };
      continue;
    }
    seen.set(userId, line);
    yield { line, userId, name: user.data.name, avatarUrl: user.data.avatarUrl ?? null };
  }
}
