import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { countEntriesOfRequest } from "./audit-entry-store";
import { listAuditEntries } from "./list-audit-entries";
import type { AuditRow } from "./list-schema";

/** What was done, and to how many others by the same request: a job leaves an entry for each user. */
export interface LatestAct {
  readonly entry: AuditRow;
  readonly others: CappedCount;
}

const ACTS = 5;
/** More than are shown, since the entries of one act are one. */
const ENTRIES_READ = 100;

/** The latest five things that were done in an environment, latest first; fewer where one left very many entries. */
export async function listLatestActs(context: Context, actor: Actor): Promise<LatestAct[]> {
  const { rows, next } = await listAuditEntries(context, actor, { scope: "environment", size: ENTRIES_READ });
  const acts: { entry: AuditRow; entries: number }[] = [];
  for (const entry of rows) {
    const last = acts.at(-1);
    if (last !== undefined && last.entry.requestId === entry.requestId && last.entry.action === entry.action) {
      last.entries += 1;
    } else acts.push({ entry, entries: 1 });
  }
  const shown = acts.slice(0, ACTS);
  // The last one may go on beyond what was read.
  const open = next !== null && shown.length === acts.length ? shown.at(-1) : undefined;
  if (open !== undefined && open.entries > 1) {
    const { requestId, action } = open.entry;
    const { id } = environmentOf(actor);
    open.entries = await countEntriesOfRequest(context.db.prisma, id, { requestId, action }, COUNT_CAP + 2);
  }
  return shown.map(({ entry, entries }) => ({ entry, others: cappedCount(entries - 1) }));
}
