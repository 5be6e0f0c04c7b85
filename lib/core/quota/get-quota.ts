import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findSeatsOfRuns } from "../test-runs/run-seats-store";
import { DEFAULT_USER_LIMIT, USER_LIMIT_MAX } from "./facts";
import { groupByPrefix } from "./group-by-prefix";
import { countSeats, findSeatHolders, type SeatHolder } from "./quota-store";
import { QUOTA_ALARM_AT, QUOTA_WARN_AT, type Quota, type QuotaLevel, type RunSeats } from "./schema";

const DAY_MS = 86_400_000;
const GROWTH_DAYS = 7;

/** Read no further than this: more are never registered. */
const READ_MAX = USER_LIMIT_MAX;

/** The seats in use for the header's bar; null in production, which has no limit. */
export async function getQuotaUse(
  context: Context,
  actor: Actor,
): Promise<{ used: number; limit: number; level: QuotaLevel } | null> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const limit = environment.userLimit;
  if (limit === null) return null;
  const used = await countSeats(context.db.prisma, environment.id, READ_MAX);
  return { used, limit, level: quotaLevel(used, limit) };
}

/**
 * What fills the development environment's seats: by test run, by prefix, by age, who was not seen, how fast it grows and when it
 * will be full. Throws `not_found` in production, which has no quota.
 */
export async function getQuota(context: Context, actor: Actor): Promise<Quota> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  if (environment.userLimit === null) {
    throw new AppError("not_found", { message: "Production has no user limit." });
  }
  const now = context.now();
  const [users, runs] = await Promise.all([
    findSeatHolders(context.db.prisma, environment.id, READ_MAX),
    findSeatsOfRuns(context.db, environment.id, now),
  ]);
  return quotaOf(users, now, environment.userLimit, runs);
}

/** `users` is oldest first, `now` Unix milliseconds. */
export function quotaOf(
  users: readonly SeatHolder[],
  now: number,
  limit = DEFAULT_USER_LIMIT,
  runs: readonly RunSeats[] = [],
): Quota {
  const used = users.length;
  const byPrefix = groupByPrefix(users);
  const grouped = byPrefix.reduce((sum, group) => sum + group.count, 0);
  const youngerThan = (days: number) => users.filter((user) => user.createdAt.getTime() > now - days * DAY_MS).length;
  const [today, week, month] = [youngerThan(1), youngerThan(7), youngerThan(30)];
  const notSeen = users.filter((user) => (user.lastSeenAt ?? user.createdAt).getTime() < now - 7 * DAY_MS).length;
  const growthPerDay = growth(users, now);
  const left = limit - used;
  return {
    used,
    limit,
    runs,
    reserved: runs.reduce((sum, run) => sum + run.seats - run.users, 0),
    level: quotaLevel(used, limit),
    byPrefix,
    withoutPrefix: used - grouped,
    byAge: { today, thisWeek: week - today, thisMonth: month - week, older: used - month },
    notSeenFor7Days: notSeen,
    growthPerDay,
    daysUntilFull: left <= 0 ? 0 : growthPerDay === 0 ? null : Math.ceil(left / growthPerDay),
  };
}

/** Over the last seven days, or over the days since the first user where that is less. */
function growth(users: readonly SeatHolder[], now: number): number {
  const first = users[0];
  if (first === undefined) return 0;
  const days = Math.min(GROWTH_DAYS, Math.max(1, (now - first.createdAt.getTime()) / DAY_MS));
  const recent = users.filter((user) => user.createdAt.getTime() > now - GROWTH_DAYS * DAY_MS).length;
  return recent / days;
}

export function quotaLevel(used: number, limit = DEFAULT_USER_LIMIT): QuotaLevel {
  if (used >= limit) return "full";
  if (used >= limit * QUOTA_ALARM_AT) return "alarm";
  return used >= limit * QUOTA_WARN_AT ? "warn" : "fine";
}
