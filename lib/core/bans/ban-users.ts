import { type Actor, environmentOf, nameOf } from "../actor";
import type { BatchedCommand } from "../command/execute-together";
import { executeTogether } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type LockedUser, lockUsers, userKey } from "../users/locked-users-store";
import { insertBans, type NewBan } from "./ban-store";
import { type BanUsersInput, BanUsersSchema } from "./schema";

export interface BannedUsers {
  /** Who is banned now, in the order given. */
  readonly banned: string[];
  /** Never registered, or soft-deleted. */
  readonly unknown: string[];
  readonly until: Date;
}

/** A ban that was found in order. */
export interface Ban {
  readonly userIds: readonly string[];
  readonly minutes: number;
  readonly reason: string;
}

/** Carries out what `parseBan` gave. */
export const banParsed = executeTogether<Ban, BannedUsers>({
  maxCommands: 50,
  maxInFlight: 2,
  keysOf: ({ userIds }) => userIds,
  async run(run, environmentId, commands) {
    const keys = commands.flatMap(({ input }) => input.userIds.map((userId) => ({ environmentId, userId })));
    const users = await lockUsers(run, keys);
    const known = (userId: string) => users.get(userKey(environmentId, userId));
    const bans = commands.map((command) => newBans(command, known));
    const all = bans.flat();
    const outcomes = commands.map((command, index) => outcomeOf(command, bans[index] ?? [], known));
    const pending = all.length > 0 ? insertBans(run, environmentId, all) : undefined;
    return outcomes.map((outcome) => ({ ...outcome, ...(pending === undefined ? {} : { pending }) }));
  },
});

type Known = (userId: string) => LockedUser | undefined;

/** The bans that a command means, for those of its users who are known. Called under their locks, so they begin now. */
function newBans({ context, actor, input }: BatchedCommand<Ban>, known: Known): NewBan[] {
  const startsAt = new Date(context.now());
  const endsAt = new Date(startsAt.getTime() + input.minutes * 60_000);
  const { minutes, reason } = input;
  const by = nameOf(actor);
  return input.userIds
    .filter((userId) => known(userId) !== undefined)
    .map((userId) => ({ userId, startsAt, endsAt, minutes, reason, by }));
}

function outcomeOf(
  { context, actor, input }: BatchedCommand<Ban>,
  bans: readonly NewBan[],
  known: Known,
): Outcome<BannedUsers> {
  const banned = bans.map(({ userId }) => userId);
  const unknown = input.userIds.filter((userId) => known(userId) === undefined);
  const [first] = bans;
  if (first === undefined) {
    return { result: { banned, unknown, until: new Date(context.now() + input.minutes * 60_000) } };
  }
  const after = { bannedUntil: first.endsAt.toISOString(), minutes: first.minutes, reason: first.reason };
  return {
    result: { banned, unknown, until: first.endsAt },
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
 * Bans users from now for `durationMinutes`; a user who is banned already gets the new end, even an earlier one. Unknown
 * users are skipped. Operators must give a reason in production (contract section 7.1, console notes 4.5).
 */
export async function banUsers(context: Context, actor: Actor, input: BanUsersInput): Promise<BannedUsers> {
  return banParsed(context, actor, parseBan(actor, input));
}

/** Who may ban, and what is asked for: checked once, whatever is done around the ban. */
export function parseBan(actor: Actor, input: BanUsersInput): Ban {
  requirePermission(actor, "users.ban");
  const { userIds, durationMinutes: minutes, reason } = BanUsersSchema.parse(input);
  if (actor.kind === "operator" && environmentOf(actor).name === "production" && reason.trim() === "") {
    throw new AppError("invalid_parameter", { message: "Give a reason: this is production.", field: "reason" });
  }
  return { userIds, minutes, reason };
}
