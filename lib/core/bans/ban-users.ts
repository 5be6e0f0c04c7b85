import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf, nameOf } from "../actor";
import { type BatchedCommand, executeTogether } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type LockedUser, lockUsers, userKey } from "../users/locked-users-store";
import { banWrite, type InsertedBan, type NewBan } from "./ban-store";
import { type ChangedBan, changedMeanwhile, findChangedBans } from "./changed-bans";
import { BAN_MAX_MINUTES, type BanUsersInput, BanUsersSchema } from "./schema";
import type { BanStep, SeenBan } from "./seen-ban-schema";

const MINUTE_MS = 60_000;

export interface BannedUsers {
  /** Who is banned now, in the order given. */
  readonly banned: string[];
  /** Never registered, or soft-deleted. */
  readonly unknown: string[];
  /** Whose ban somebody has changed since it was seen; nothing was done to them. */
  readonly changed: ChangedBan[];
  readonly until: Date;
  /** What `undoBans` takes back; there once the bans are written. */
  readonly steps: BanStep[];
}

/** A ban that was found in order. */
export interface Ban {
  readonly userIds: readonly string[];
  /** From now for so long, or until then. */
  readonly length: { readonly minutes: number } | { readonly until: Date };
  readonly reason: string;
  readonly seen: readonly SeenBan[];
}

/** Carries out what `parseBan` gave. */
export const banParsed = executeTogether<Ban, BannedUsers>({
  maxCommands: 50,
  // What a ban announces commits one by one (decision 17), so that a second transaction would wait, and take commands from the first.
  maxInFlight: 1,
  keysOf: ({ userIds }) => userIds,
  run: banTogether,
});

/** Bans in the transaction of `run`; the steps are there once the `writes` of the outcomes are done. */
export async function banTogether(
  run: Run,
  environmentId: EnvironmentId,
  commands: ReadonlyArray<BatchedCommand<Ban>>,
): Promise<(Outcome<BannedUsers> | Error)[]> {
  const keys = commands.flatMap(({ input }) => input.userIds.map((userId) => ({ environmentId, userId })));
  const users = await lockUsers(run, keys);
  const known = (userId: string) => users.get(userKey(environmentId, userId));
  // Under the locks, so the bans begin now.
  const now = new Date(commands[0]?.context.now() ?? 0);
  const seen = commands.flatMap(({ input }) => input.seen);
  const changed = await findChangedBans(run, environmentId, seen, (userId) => known(userId)?.bannedUntil, now);
  const bans = commands.map((command) => newBans(command, known, changed));
  const all = bans.flat();
  const outcomes = commands.map((command, index) => outcomeOf(command, bans[index] ?? [], known, changed));
  if (all.length === 0) return outcomes;
  const write = banWrite(environmentId, all, (inserted) => {
    const byUser = new Map(inserted.map((ban) => [ban.userId, ban]));
    for (const [index, outcome] of outcomes.entries()) {
      if (!(outcome instanceof Error)) outcome.result.steps.push(...stepsOf(bans[index] ?? [], byUser));
    }
  });
  // One statement for all of them, which is written with the first that bans anybody.
  const first = bans.findIndex((mine) => mine.length > 0);
  return outcomes.map((outcome, index) =>
    outcome instanceof Error || index !== first ? outcome : { ...outcome, writes: [write] },
  );
}

type Known = (userId: string) => LockedUser | undefined;

const stepsOf = (bans: readonly NewBan[], inserted: ReadonlyMap<string, InsertedBan>): BanStep[] =>
  bans.flatMap(({ userId, startsAt }) => {
    const ban = inserted.get(userId);
    return ban === undefined ? [] : [{ userId, formerBanId: ban.replacedId, banId: ban.banId, at: startsAt }];
  });

/** The bans that a command means, for those of its users who are known and as they were seen. */
function newBans(
  { context, actor, input }: BatchedCommand<Ban>,
  known: Known,
  changed: ReadonlyMap<string, ChangedBan>,
): NewBan[] {
  const startsAt = new Date(context.now());
  const { length, reason } = input;
  const endsAt = "until" in length ? length.until : new Date(startsAt.getTime() + length.minutes * MINUTE_MS);
  const minutes = Math.max(1, Math.ceil((endsAt.getTime() - startsAt.getTime()) / MINUTE_MS));
  const by = nameOf(actor);
  return input.userIds
    .filter((userId) => known(userId) !== undefined && !changed.has(userId))
    .map((userId) => ({ userId, startsAt, endsAt, minutes, reason, by }));
}

function outcomeOf(
  { context, actor, input }: BatchedCommand<Ban>,
  bans: readonly NewBan[],
  known: Known,
  changed: ReadonlyMap<string, ChangedBan>,
): Outcome<BannedUsers> | Error {
  const banned = bans.map(({ userId }) => userId);
  const unknown = input.userIds.filter((userId) => known(userId) === undefined);
  const left = input.userIds.flatMap((userId) => (known(userId) && changed.get(userId)) || []);
  const [alone] = left;
  if (alone !== undefined && input.userIds.length === 1) return changedMeanwhile(alone);
  const [first] = bans;
  if (first === undefined) {
    const { length } = input;
    const until = "until" in length ? length.until : new Date(context.now() + length.minutes * MINUTE_MS);
    return { result: { banned, unknown, changed: left, until, steps: [] } };
  }
  const after = { bannedUntil: first.endsAt.toISOString(), minutes: first.minutes, reason: first.reason };
  return {
    result: { banned, unknown, changed: left, until: first.endsAt, steps: [] },
    at: first.startsAt.getTime(),
    audit: bans.map(({ userId, startsAt }) => {
      const user = known(userId);
      const running = user?.bannedUntil != null && user.bannedUntil > startsAt ? user.bannedUntil : null;
      return {
        action: "user.banned",
        target: { kind: "user", id: userId, name: user?.name },
        before: { bannedUntil: running?.toISOString() ?? null },
        after,
      };
    }),
    events: [{ type: "users.banned", environmentId: environmentOf(actor).id, userIds: banned }],
  };
}

/**
 * Bans users from now for `durationMinutes`, or until `until`; a user who is banned already gets the new end, even an
 * earlier one. Unknown users are skipped, and so is whoever's ban is not as `seen` says: throws `version_conflict` where
 * that is the only user. Operators must give a reason in production (contract section 7.1, console notes 4.5).
 */
export async function banUsers(context: Context, actor: Actor, input: BanUsersInput): Promise<BannedUsers> {
  return banParsed(context, actor, parseBan(context, actor, input));
}

/** Who may ban, and what is asked for: checked once, whatever is done around the ban. */
export function parseBan(context: Context, actor: Actor, input: BanUsersInput): Ban {
  requirePermission(actor, "users.ban");
  const { userIds, durationMinutes, until, reason, seen } = BanUsersSchema.parse(input);
  if (actor.kind === "operator" && environmentOf(actor).name === "production" && reason.trim() === "") {
    throw new AppError("invalid_parameter", { message: "Give a reason: this is production.", field: "reason" });
  }
  if (until === undefined) return { userIds, length: { minutes: durationMinutes ?? 0 }, reason, seen };
  const left = until.getTime() - context.now();
  if (left <= 0 || left > BAN_MAX_MINUTES * MINUTE_MS) {
    throw new AppError("invalid_parameter", { message: "A ban ends within 30 days from now.", field: "until" });
  }
  return { userIds, length: { until }, reason, seen };
}
