import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import { executeTogether } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { ERRORS } from "../errors";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { findRunsOfUsers } from "../test-runs/member-store";
import { eraseUserData } from "../user-data/user-data-store";
import { SeatPool, type Seats } from "../users/seat-pool";
import { lockSeats } from "../users/seat-store";
import { activationStateEvent } from "../webhooks/events";
import { quotaThresholdEvents } from "../webhooks/quota-threshold";
import { restoredWrite } from "./deletion-mark-store";
import { ERASED_TOGETHER } from "./erased-together";
import { type RefusedRestore, type RestoredUsers, type RestoreUsersInput, RestoreUsersSchema } from "./schema";
import { countMemberships, type DeletionState, lockDeletionStates } from "./soft-delete-store";
import { restorableFrom } from "./soft-deletion";

/** A registration that ran beside the deletion is over by then, and clocks of processes differ by less. */
const SETTLED_MS = 60_000;

/**
 * Makes soft-deleted ids usable again; what was erased does not come back, kept group memberships apply again. In
 * Development a restored user takes a seat: while there are too few, the earlier ids of the call get them. Who cannot be
 * restored is told with the reason and hinders nobody else; the webhook is told of each id (contract section 8.3).
 */
export async function restoreUsers(context: Context, actor: Actor, input: RestoreUsersInput): Promise<RestoredUsers> {
  requirePermission(actor, "users.restore");
  const { userIds } = RestoreUsersSchema.parse(input);
  return restore(context, actor, { userIds, operationId: newId.operation() });
}

/** The ids of one call. */
export interface Restoration {
  readonly userIds: readonly string[];
  readonly operationId: string;
}

const restore = executeTogether<Restoration, RestoredUsers>({
  ...ERASED_TOGETHER,
  run(run, _environmentId, commands) {
    const [first] = commands;
    if (first === undefined) return Promise.resolve([]);
    return restoreTogether(
      first.context,
      run,
      environmentOf(first.actor),
      commands.map(({ input }) => input),
    );
  },
});

/** Restores users in a transaction, whose first lock this takes in Development. Gives an outcome for each call. */
export async function restoreTogether(
  context: Context,
  run: Run,
  environment: EnvironmentRef,
  calls: readonly Restoration[],
): Promise<Outcome<RestoredUsers>[]> {
  const now = context.now();
  const all = calls.flatMap(({ userIds }) => userIds);
  // Before the users are locked, as registration does.
  const seats = environment.name === "development" ? await lockSeats(run, environment.id, now) : null;
  const states = await lockDeletionStates(run, environment.id, all);
  const takeSeat = await seatsFor(run, environment, seats, all);
  const judged = calls.map(({ userIds }) => judge(context, userIds, states, now, takeSeat));
  const ids = judged.flatMap(({ restorable }) => restorable.map(({ userId }) => userId));
  // What a writer that locks no users has added since, such as a message that was on its way.
  const [groups] = await Promise.all([
    ids.length === 0 ? new Map<string, number>() : countMemberships(run, environment.id, ids),
    eraseUserData(run, environment.id, ids, "softDelete"),
  ]);
  const outcomes = judged.map(({ restorable, refused }, index) => {
    const { userIds = [], operationId = "" } = calls[index] ?? {};
    return outcomeOf(environment, { userIds, operationId }, { restorable, refused }, groups, now);
  });
  const [first] = outcomes;
  if (seats === null || first === undefined) return outcomes;
  // Told once for all of them.
  const reached = { before: seats.taken, after: seats.taken + ids.length, limit: seats.limit };
  return [
    ...outcomes.slice(0, -1),
    ...outcomes.slice(-1).map((last) => ({
      ...last,
      webhooks: [...(last.webhooks ?? []), ...quotaThresholdEvents(now, reached)],
    })),
  ];
}

interface Judged {
  readonly restorable: readonly Restorable[];
  readonly refused: readonly RefusedRestore[];
}

function outcomeOf(
  environment: EnvironmentRef,
  { userIds, operationId }: Restoration,
  { restorable, refused }: Judged,
  groups: ReadonlyMap<string, number>,
  now: number,
): Outcome<RestoredUsers> {
  const ids = restorable.map((user) => user.userId);
  const codes = new Map(refused.map(({ userId, code }) => [userId, ERRORS[code].wireCode]));
  return {
    result: {
      operationId,
      restored: restorable.map(({ userId, bannedUntil }) => ({
        userId,
        groups: groups.get(userId) ?? 0,
        bannedUntil: bannedUntil !== null && bannedUntil.getTime() > now ? bannedUntil : null,
      })),
      refused: [...refused],
    },
    at: now,
    writes: ids.length === 0 ? [] : [restoredWrite(environment.id, ids, new Date(now), SETTLED_MS)],
    audit: restorable.map((user) => ({
      action: "user.restored",
      target: { kind: "user", id: user.userId },
      before: { softDeletedAt: user.softDeletedAt.toISOString() },
      after: { operationId },
    })),
    webhooks: userIds.map((userId) =>
      activationStateEvent({ userId, operationId, operation: "restored", code: codes.get(userId) ?? 0, time: now }),
    ),
    events: ids.length > 0 ? [{ type: "users.restored", environmentId: environment.id, userIds: ids }] : [],
  };
}

interface Restorable extends DeletionState {
  readonly softDeletedAt: Date;
}

/** Takes a seat for a user, while there is one: for a user of a test run one of those reserved for it. */
type TakeSeat = (userId: string) => boolean;

async function seatsFor(
  run: Run,
  environment: EnvironmentRef,
  seats: Seats | null,
  userIds: readonly string[],
): Promise<TakeSeat> {
  if (seats === null) return () => true;
  const pool = new SeatPool(seats);
  const runs = seats.runs.length === 0 ? undefined : await findRunsOfUsers(run, environment.id, userIds);
  return (userId) => pool.take(runs?.get(userId) ?? null);
}

/** Who of the ids can be restored now, and who cannot and why. Seats are given to the earlier ids. */
function judge(
  context: Context,
  userIds: readonly string[],
  states: ReadonlyMap<string, DeletionState>,
  now: number,
  takeSeat: TakeSeat,
): { restorable: Restorable[]; refused: RefusedRestore[] } {
  const restorable: Restorable[] = [];
  const refused: RefusedRestore[] = [];
  for (const userId of userIds) {
    const refuse = (code: RefusedRestore["code"], possibleFrom: Date | null = null) =>
      refused.push({ userId, code, possibleFrom });
    const state = states.get(userId);
    if (state === undefined) {
      refuse("user_not_found");
    } else if (state.softDeletedAt === null) {
      refuse("user_not_soft_deleted");
    } else {
      const from = restorableFrom(context, state.softDeletedAt);
      if (from.getTime() > now) refuse("user_restore_too_early", from);
      else if (!takeSeat(userId)) refuse("user_quota_reached");
      else restorable.push({ ...state, softDeletedAt: state.softDeletedAt });
    }
  }
  return { restorable, refused };
}
