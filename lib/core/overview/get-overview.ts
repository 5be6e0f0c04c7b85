import { type Actor, environmentOf } from "../actor";
import { findBans } from "../bans/ban-list-store";
import { countBans } from "../bans/ban-lookup-store";
import { toBanRow } from "../bans/list-bans";
import type { BanRow } from "../bans/list-schema";
import type { Context } from "../context";
import { type CappedCount, COUNT_CAP, cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { countOnline } from "../presence/online-store";
import { countSeats } from "../quota/quota-store";
import { countListedUsers } from "../users/listed-users-store";

// One function per card: each loads and fails alone.

const DAY_MS = 86_400_000;

const always = { from: null, before: null };

/** Registered users, soft-deleted ones not counted; `limit` is null where there is none. */
export async function countRegistered(
  context: Context,
  actor: Actor,
): Promise<{ registered: CappedCount; limit: number | null }> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const seats = await countSeats(context.db.prisma, environment.id, COUNT_CAP + 1);
  return { registered: cappedCount(seats), limit: environment.userLimit };
}

/** Users registered in the last 24 hours. */
export async function countNewUsers(context: Context, actor: Actor): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const now = context.now();
  const condition = { status: "all", created: { from: new Date(now - DAY_MS), before: null }, now } as const;
  return countListedUsers(context.db.prisma, environmentOf(actor).id, null, condition, COUNT_CAP);
}

/** Users whose ban runs now. */
export async function countBanned(context: Context, actor: Actor): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const condition = { status: "banned", created: always, now: context.now() } as const;
  return countListedUsers(context.db.prisma, environmentOf(actor).id, null, condition, COUNT_CAP);
}

/** Users with a live connection at this moment, and how many connections that are. */
export async function countOnlineNow(
  context: Context,
  actor: Actor,
): Promise<{ users: CappedCount; connections: CappedCount }> {
  requirePermission(actor, "users.read");
  const { users, connections } = await countOnline(context.db.prisma, environmentOf(actor).id, COUNT_CAP + 1);
  const over = connections > COUNT_CAP;
  return { users: { count: Math.min(users, COUNT_CAP), capped: over }, connections: cappedCount(connections) };
}

/** Bans that end within 24 hours: how many, and the first five, soonest first. */
export async function getBansEndingSoon(context: Context, actor: Actor): Promise<CappedCount & { bans: BanRow[] }> {
  requirePermission(actor, "users.read");
  const environmentId = environmentOf(actor).id;
  const now = context.now();
  const condition = { tab: "active", now, endsBefore: now + DAY_MS, endedSince: null, by: null, reason: null } as const;
  const [count, bans] = await Promise.all([
    countBans(context.db.prisma, environmentId, condition, COUNT_CAP + 1),
    findBans(context.db.prisma, environmentId, condition, null, 5),
  ]);
  return { ...cappedCount(count), bans: bans.map((ban) => toBanRow(ban, now)) };
}
