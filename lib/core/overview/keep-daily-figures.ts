import { perDatabase } from "@/lib/db/batch";
import type { Context } from "../context";
import { deleteFiguresBefore, keepFigures, raisePeaks } from "./daily-figures-store";

const DAY_MS = 86_400_000;
/** How far back days are filled in that nobody has kept: twice the longest chart, which compares with what was before. */
const FILLED_DAYS = 180;
const KEPT_DAYS = 400;
/** Today's figures are counted anew this often; the peak of connections at each call. */
const FRESH_MS = 300_000;
const CHUNK = 1_000;

/** The UTC day on which this process last looked at all days; what has ended before yesterday is final. */
const looks = perDatabase(() => ({ filledOn: -1 }));

/** Keeps every environment's daily figures up to now. To be called twice a minute, by any number of processes. */
export async function keepDailyFigures(context: Context): Promise<void> {
  const db = context.db.prisma;
  const now = context.now();
  const look = looks(context.db);
  const today = Math.floor(now / DAY_MS);
  const back = look.filledOn === today ? 1 : FILLED_DAYS;
  await keepFigures(db, new Date(now), new Date(now - back * DAY_MS), FRESH_MS);
  look.filledOn = today;
  await raisePeaks(db, new Date(now));
  await deleteFiguresBefore(db, new Date(now - KEPT_DAYS * DAY_MS), CHUNK);
}
