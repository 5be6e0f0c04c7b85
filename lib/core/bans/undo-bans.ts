import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { liftBans } from "./ban-store";
import { banConflict, type ChangedBan, changedMeanwhile } from "./changed-bans";
import { type EndedBan, findBansById, findLatestBans, type LatestBan, putBackBans } from "./changed-bans-store";
import { type BanStep, type UndoBansInput, UndoBansSchema } from "./seen-ban-schema";

export interface UndoneBans {
  /** Whose ban is as it was before the step; `bannedUntil` null: none runs. */
  readonly undone: { readonly userId: string; readonly bannedUntil: Date | null }[];
  /** Whose former ban would be over by now: there is nothing to put back. */
  readonly over: string[];
  /** Whose ban somebody has changed since the step; nothing was done to them. */
  readonly changed: ChangedBan[];
}

/**
 * Takes back what a ban or an unban has done, so that each user's ban is what it was before: the former ban runs on to its
 * former end, with its reason and whoever ordered it, or none runs. Whom somebody has banned or unbanned since is left
 * alone; throws `version_conflict` where that is the only user.
 */
export async function undoBans(context: Context, actor: Actor, input: UndoBansInput): Promise<UndoneBans> {
  requirePermission(actor, "users.ban");
  const { id: environmentId } = environmentOf(actor);
  const steps = [...new Map(UndoBansSchema.parse(input).steps.map((step) => [step.userId, step])).values()];
  return execute(context, actor, async (run) => {
    const outcome = await undoTogether(run, environmentId, actor, () => new Date(context.now()), steps);
    const [first] = outcome.result.changed;
    if (first !== undefined && steps.length === 1) throw changedMeanwhile(first);
    return outcome;
  });
}

/** Takes steps of distinct users back in a transaction. */
export async function undoTogether(
  run: Run,
  environmentId: EnvironmentId,
  actor: Actor,
  clock: () => Date,
  steps: readonly BanStep[],
): Promise<Outcome<UndoneBans>> {
  const userIds = steps.map(({ userId }) => userId);
  const users = new Map((await lockRegisteredAndDeleted(run, environmentId, userIds)).map((row) => [row.userId, row]));
  // Under the locks.
  const now = clock();
  const bans = await findBansById(
    run,
    environmentId,
    steps.flatMap(({ formerBanId, banId }) => [formerBanId, banId]).filter((id) => id !== null),
  );
  const latest = await findLatestBans(run, environmentId, userIds, now);
  const banOf = (userId: string, banId: string | null) => {
    const ban = banId === null ? undefined : bans.get(banId);
    return ban?.userId === userId ? ban : undefined;
  };

  const changed: ChangedBan[] = [];
  const over: string[] = [];
  const back: EndedBan[] = [];
  const freed: string[] = [];
  for (const step of steps) {
    const { userId, banId } = step;
    const former = banOf(userId, step.formerBanId);
    const last = latest.get(userId);
    if (!users.has(userId) || !stands(step, last, former, now)) {
      changed.push({ userId, conflict: banConflict(userId, last, now) });
    } else if (former !== undefined && former.orderedEndsAt > now) back.push(former);
    else if (banId !== null) freed.push(userId);
    else over.push(userId);
  }
  const lifted = [...freed, ...back.map(({ userId }) => userId)].filter((userId) => users.get(userId)?.bannedUntil);
  if (lifted.length > 0) await liftBans(run, environmentId, lifted, actor, now);
  if (back.length > 0) await putBackBans(run, environmentId, back);
  const undone = [
    ...back.map(({ userId, orderedEndsAt }) => ({ userId, bannedUntil: orderedEndsAt })),
    ...freed.map((userId) => ({ userId, bannedUntil: null })),
  ];
  return {
    result: { undone, over, changed },
    at: now.getTime(),
    audit: undone.map(({ userId, bannedUntil }) => {
      const user = users.get(userId);
      const before = user?.bannedUntil != null && user.bannedUntil > now ? user.bannedUntil : null;
      return {
        action: bannedUntil === null ? "user.unbanned" : "user.ban_restored",
        target: { kind: "user", id: userId, name: user?.name },
        before: { bannedUntil: before?.toISOString() ?? null },
        after: { bannedUntil: bannedUntil?.toISOString() ?? null },
      };
    }),
    events: [
      ...(back.length > 0
        ? [{ type: "users.banned" as const, environmentId, userIds: back.map(({ userId }) => userId) }]
        : []),
      ...(freed.length > 0 ? [{ type: "users.unbanned" as const, environmentId, userIds: freed }] : []),
    ],
  };
}

/** Whether a user's ban is still what the step has made of it. */
function stands(step: BanStep, last: LatestBan | undefined, former: EndedBan | undefined, now: Date): boolean {
  if (step.formerBanId !== null && former === undefined) return false;
  const runs = last !== undefined && last.endsAt > now;
  if (step.banId !== null) return runs && last.banId === step.banId && (former === undefined || former.replaced);
  // A ban since would have begun after the step, even if it is over again.
  return !runs && last !== undefined && last.startsAt <= step.at && former?.liftedAt?.getTime() === step.at.getTime();
}
