import { type Actor, environmentOf } from "../actor";
import { isClosed } from "../apps/resolve-environment";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { countFreeSeats } from "../users/seat-store";
import { guessMapping, type ImportedUser, openFile, readUsers } from "./read-file";
import { findRegisteredRows } from "./registered-store";
import { IMPORT_NAMED, type ImportFileInput, ImportFileSchema, type ImportPlan, type LineError } from "./schema";

/** Users looked up in one go. */
const STEP = 5_000;

/**
 * Dry run: what importing a file would do, and what is wrong with it line by line; changes nothing. Throws
 * `invalid_parameter` for what is no file of users, `forbidden`.
 */
export async function planImport(context: Context, actor: Actor, input: ImportFileInput): Promise<ImportPlan> {
  requireImport(actor);
  const environment = environmentOf(actor);
  const { text, mapping: given } = ImportFileSchema.parse(input);
  const file = await openFile(text);
  const mapping = given ?? guessMapping(file.columns);
  const first: string[] = [];
  const errors: LineError[] = [];
  const count = { lines: 0, fresh: 0, known: 0, same: 0, softDeleted: 0, errorCount: 0 };
  const look = async (users: readonly ImportedUser[]) => {
    const ids = users.map(({ userId }) => userId);
    const rows = await findRegisteredRows(context.db.prisma, environment.id, ids);
    for (const { userId, name, avatarUrl } of users) {
      const row = rows.get(userId);
      if (row === undefined) {
        count.fresh += 1;
        if (first.length < IMPORT_NAMED) first.push(userId);
      } else if (row.softDeletedAt !== null) count.softDeleted += 1;
      else if (row.name === name && (avatarUrl === null || avatarUrl === row.avatarUrl)) count.same += 1;
      else count.known += 1;
    }
  };
  let users: ImportedUser[] = [];
  for await (const found of readUsers(file, mapping)) {
    count.lines += 1;
    if ("message" in found) {
      count.errorCount += 1;
      if (errors.length < IMPORT_NAMED) errors.push(found);
      continue;
    }
    users.push(found);
    if (users.length < STEP) continue;
    await look(users);
    users = [];
  }
  await look(users);
  const free = await countFreeSeats(context.db, environment, context.now());
  return {
    ...count,
    format: file.format,
    columns: file.columns,
    mapping,
    first,
    errors,
    withoutSeat: Math.max(0, count.fresh - free),
  };
}

/** Throws unless the actor may import users here. App servers register them by their own call. */
export function requireImport(actor: Actor): void {
  requirePermission(actor, "users.register");
  if (actor.kind === "app_server")
    throw new AppError("forbidden", { message: "Users are imported in the console only." });
  if (isClosed(environmentOf(actor))) throw new AppError("production_closed");
}
