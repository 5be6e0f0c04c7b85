import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { findFigures, type StoredFigures } from "./daily-figures-store";
import type { DailyFigures } from "./schema";

const DAY_MS = 86_400_000;
const MAX_DAYS = 180;

/**
 * What happened on each of the last `days` UTC days (7 by default, at most 180), oldest first, today so far included. A
 * figure is null for days before it was kept. Exact for days that have ended; today's stop at `COUNT_CAP` until the sweeper
 * has counted further, which it does every five minutes.
 */
export async function getDailyFigures(
  context: Context,
  actor: Actor,
  input: { days?: number } = {},
): Promise<{ days: DailyFigures[]; asOf: Date }> {
  requirePermission(actor, "users.read");
  const now = context.now();
  const days = Math.min(MAX_DAYS, Math.max(1, Math.trunc(input.days ?? 7)));
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const first = new Date(today - (days - 1) * DAY_MS);
  const db = context.db.prisma;
  const rows = await findFigures(db, environmentOf(actor).id, first, new Date(today), COUNT_CAP + 1);
  return { days: rows.map(toFigures), asOf: new Date(now) };
}

function toFigures({ day, ...row }: StoredFigures): DailyFigures {
  return {
    day: day.toISOString().slice(0, 10),
    registered: exact(row.registeredNow, row.registered, false),
    active: exact(row.activeNow, row.active, true),
    peakConnections: exact(row.connectionsNow, row.peakConnections, true),
  };
}

/** What was counted just now, unless what was kept says more; `onlyGrows` where a lower count of now is no correction. */
function exact(counted: number | null, kept: number | null, onlyGrows: boolean): CappedCount | null {
  if (counted === null) return kept === null ? null : { count: kept, capped: false };
  if (kept !== null && kept > counted && (onlyGrows || counted > COUNT_CAP)) return { count: kept, capped: false };
  return cappedCount(counted);
}
