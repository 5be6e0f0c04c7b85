import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { NEWER_CAP } from "../newer/schema";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { COUNT_CAP } from "../paging/facts";
import { type CappedCount, cappedCount, type Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { UserKeySchema } from "../users/list-schema";
import {
  type BanCondition,
  type BanKeys,
  findBans,
  findBansOfUser,
  findRunningBanOf,
  type StoredBan,
} from "./ban-list-store";
import { countBans, findUsualReasons } from "./ban-lookup-store";
import { searchBans } from "./ban-search-store";
import {
  type BanFilter,
  type BanListQueryInput,
  BanListQuerySchema,
  type BanPage,
  type BanRow,
  type BanState,
  type UserBansQueryInput,
  UserBansQuerySchema,
} from "./list-schema";
import { prepareBanSearch } from "./prepare-ban-search";

export const BanKeysSchema: z.ZodType<BanKeys> = z.tuple([cursorKey.ms, cursorKey.bigint]);
const DAY_MS = 86_400_000;

/** Midnight UTC after `now`, both in Unix milliseconds. */
const nextMidnight = (now: number) => (Math.floor(now / DAY_MS) + 1) * DAY_MS;

/**
 * One page of an environment's bans: running ones with the soonest end first, or ended ones with the latest first; of a search,
 * those in which the text means the user, the operator who banned, or the reason (docs/decisions/0073).
 */
export async function listBans(context: Context, actor: Actor, input: BanListQueryInput): Promise<BanPage> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const query = BanListQuerySchema.parse(input);
  const now = context.now();
  const condition = banCondition(query, now);
  const db = context.db.prisma;
  const search = query.q === "" ? null : await prepareBanSearch(context, environmentId, condition, query.q);
  const page = await readPage({
    size: query.size,
    cursor: query.cursor,
    codec: new CursorCodec(`bans-${query.tab}`, BanKeysSchema),
    keysOf: (ban: StoredBan): BanKeys => [ban.endsAt.getTime(), String(ban.id)],
    read: (place, limit) =>
      search === null
        ? findBans(db, environmentId, condition, place, limit)
        : searchBans(db, environmentId, condition, search, place, limit),
  });
  return {
    ...page,
    rows: page.rows.map((ban) => toBanRow(ban, now)),
    searched: search === null ? null : { manyUsers: search.manyUsers, manyBans: search.manyBans },
  };
}

/**
 * How many bans have come since under the same filters, up to 100: bans made after the one numbered `after`, or on the tab "ended"
 * bans that have ended since then, in Unix milliseconds. The search is left out of it.
 */
export async function countNewerBans(
  context: Context,
  actor: Actor,
  input: BanListQueryInput,
  after: string,
): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const query = BanListQuerySchema.parse(input);
  const condition = banCondition(query, context.now());
  const { id } = environmentOf(actor);
  const since =
    query.tab === "ended"
      ? { endedSince: Math.max(Number(after), condition.endedSince ?? 0) }
      : { idAfter: BigInt(after) };
  const count = await countBans(context.db.prisma, id, { ...condition, ...since }, NEWER_CAP + 1);
  return cappedCount(count, NEWER_CAP);
}

const ENDS_WITHIN_MS = { "24h": DAY_MS, "7d": 7 * DAY_MS, "30d": 30 * DAY_MS };

/** Which bans the filters of the list mean at `now`. */
export function banCondition({ tab, ends, ended, by, reason }: BanFilter, now: number): BanCondition {
  const endsBefore = ends === undefined ? null : ends === "today" ? nextMidnight(now) : now + ENDS_WITHIN_MS[ends];
  return {
    tab,
    now,
    endsBefore: tab === "active" ? endsBefore : null,
    endedSince: tab === "ended" && ended !== undefined ? now - ENDS_WITHIN_MS[ended] : null,
    by: by === undefined ? null : by === "operator" || by === "app_server" ? { kind: by } : { operatorId: by },
    reason: reason ?? null,
  };
}

/** One user's bans, latest first. An unknown user has none. */
export async function listBansOfUser(context: Context, actor: Actor, input: UserBansQueryInput): Promise<Page<BanRow>> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const { userId, size, cursor } = UserBansQuerySchema.parse(input);
  const now = context.now();
  const page = await readPage({
    size,
    cursor,
    codec: new CursorCodec("bans-of-user", BanKeysSchema),
    keysOf: (ban: StoredBan): BanKeys => [ban.startsAt.getTime(), String(ban.id)],
    read: (place, limit) => findBansOfUser(context.db.prisma, environment.id, userId, place, limit),
  });
  return { ...page, rows: page.rows.map((ban) => toBanRow(ban, now)) };
}

/** The ban of a user that runs now; null: none does, or nobody of this id is registered. */
export async function getRunningBan(context: Context, actor: Actor, input: { userId: string }): Promise<BanRow | null> {
  requirePermission(actor, "users.read");
  const { userId } = UserKeySchema.parse(input);
  const now = context.now();
  const ban = await findRunningBanOf(context.db.prisma, environmentOf(actor).id, userId, now);
  return ban === null ? null : toBanRow(ban, now);
}

/** How many bans run, counting up to 10,000. */
export async function countActiveBans(context: Context, actor: Actor): Promise<CappedCount> {
  requirePermission(actor, "users.read");
  const condition: BanCondition = {
    tab: "active",
    now: context.now(),
    endsBefore: null,
    endedSince: null,
    by: null,
    reason: null,
  };
  const count = await countBans(context.db.prisma, environmentOf(actor).id, condition, COUNT_CAP + 1);
  return cappedCount(count);
}

/** Reasons that the list offers to filter by. */
const REASONS_OFFERED = 20;

/** The reasons that operators have given lately, the most frequent first; at most 20. */
export function listUsualReasons(context: Context, actor: Actor): Promise<string[]> {
  requirePermission(actor, "users.read");
  return findUsualReasons(context.db.prisma, environmentOf(actor).id, REASONS_OFFERED);
}

export function toBanRow(ban: StoredBan, now: number): BanRow {
  const { id, bannedByKind, bannedById, bannedByName, liftedAt, liftedByKind, liftedById, liftedByName, ...rest } = ban;
  const { replaced, ...shown } = rest;
  return {
    ...shown,
    id: String(id),
    by: { kind: bannedByKind, id: bannedById, name: bannedByName },
    lifted:
      liftedAt === null
        ? null
        : { at: liftedAt, by: { kind: liftedByKind ?? "system", id: liftedById ?? "", name: liftedByName ?? "" } },
    state: banState(ban, now),
  };
}

function banState(ban: StoredBan, now: number): BanState {
  if (ban.endsAt.getTime() > now) return "running";
  if (ban.replaced) return "replaced";
  return ban.liftedAt === null ? "expired" : "lifted";
}
