import { underLease } from "@/lib/queue/under-lease";
import { Wakeups } from "@/lib/queue/wakeups";
import type { EnvironmentId } from "../actor";
import { contextIn } from "../clock/environment-time";
import type { Context } from "../context";
import {
  findDueEvents,
  findNextDue,
  parkBehind,
  type Settlement,
  settleAttempt,
  type WaitingEvent,
} from "./delivery-store";
import { type Receiver, readReceiver } from "./receiver";
import { ATTEMPT_TIMEOUT_MS, CONCURRENT_DELIVERIES, PAUSE_AFTER_TIMEOUTS, pauseAfter } from "./retry-rules";
import { type ClaimedRun, claimRun, clearTimeouts, countTimeout, type ReceiverState } from "./run-store";
import { type TriedDelivery, tryDelivery } from "./try-delivery";

/** After this a run takes nothing new on, so that the slot goes round. What it has in hand still ends. */
const RUN_MS = 10_000;
/** Keys that are read at once, and events of one key. */
const KEYS_AT_ONCE = 100;
const EVENTS_PER_KEY = 20;
/** A run in which nothing new is recorded looks this often for what has become due again. */
const LOOK_EVERY_MS = 1_000;

export interface DeliverOptions {
  /** Tells the run what was recorded meanwhile. */
  readonly wakeups?: Wakeups;
  /** Asked before something new is begun; true ends the run early. */
  readonly stopping?: () => boolean;
  readonly attemptTimeoutMs?: number;
  /** From 0 to 1, for the pauses' spread. */
  readonly random?: () => number;
}

/**
 * Delivers what is due in an environment: up to 20 keys at the same time, the events of one key one after the other in
 * the order in which they were recorded. An event that is not accepted holds back those behind it until it is delivered
 * or given up, and nothing else. What is due is said by the environment's clock. Gives when to look again, in Unix milliseconds of
 * real time; null when nothing waits, or another run has the environment and will see to it.
 */
export async function deliverPending(
  context: Context,
  environmentId: EnvironmentId,
  options: DeliverOptions = {},
): Promise<number | null> {
  const { prisma } = context.db;
  const claimed = await claimRun(prisma, environmentId, context.now());
  if (claimed === null) return null;
  const { wakeups = new Wakeups(), stopping } = options;
  const after = await underLease(claimed.lease, { db: prisma, log: context.log, now: context.now }, (lost) =>
    deliver(context, environmentId, claimed, {
      ...options,
      wakeups,
      stopping: () => lost.aborted || stopping?.() === true,
    }),
  );
  wakeups.close();
  if (after === null) return null;
  // Asked after giving back: what is recorded from here on wakes a run of its own.
  const nextDue = await findNextDue(prisma, environmentId);
  return nextDue === null ? null : Math.max(nextDue, after.pausedUntil?.getTime() ?? 0) - after.aheadMs;
}

/**
 * Keeps as many keys in hand as the receiver bears, and reads on when those it has read are in hand. Gives how the
 * receiver stands afterwards, and how far the environment's clock is ahead; null when there is no receiver: everything waits for
 * one, or for its end.
 */
async function deliver(
  installation: Context,
  environmentId: EnvironmentId,
  claimed: Pick<ClaimedRun, "receiver" | "clock">,
  options: DeliverOptions & { readonly wakeups: Wakeups; readonly stopping: () => boolean },
): Promise<(ReceiverState & { readonly aheadMs: number }) | null> {
  // By the environment's clock, which may be moved meanwhile.
  let context = contextIn(installation, claimed);
  const started = performance.now();
  const inFlight = new Map<string, Promise<void>>();
  let backlog: WaitingEvent[][] = [];
  // Whether something is due that was not read: it was recorded since, or there was more than is read at once.
  let more = true;
  let lookedAt = started;
  // null: there is none; undefined: not asked yet.
  let receiver: Receiver | null | undefined;
  let state = claimed.receiver;
  let failure: unknown;

  const paused = () => state.pausedUntil !== null && state.pausedUntil.getTime() > context.now();
  const ending = () => failure !== undefined || paused() || options.stopping() || performance.now() - started > RUN_MS;
  // A receiver that has not answered lately is asked one event at a time until it does.
  const room = () => (state.timeouts >= PAUSE_AFTER_TIMEOUTS ? 1 : CONCURRENT_DELIVERIES) - inFlight.size;

  const noteAnswer = async (tried: TriedDelivery) => {
    if (tried.timedOut) state = await countTimeout(context.db.prisma, environmentId, context.now());
    else if (state.timeouts > 0) {
      state = { timeouts: 0, pausedUntil: null };
      await clearTimeouts(context.db.prisma, environmentId);
    }
  };

  const begin = (to: Receiver, events: readonly WaitingEvent[]) => {
    const key = events[0]?.orderKey;
    if (key === undefined) return;
    const work = deliverInOrder(context, environmentId, to, events, { ...options, ending, noteAnswer })
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        inFlight.delete(key);
        if (events.length === EVENTS_PER_KEY) more = true;
      });
    inFlight.set(key, work);
  };

  while (!ending()) {
    // Before looking, so that what is recorded while it looks ends the wait below.
    const woken = options.wakeups.next().then(() => {
      more = true;
    });
    if (backlog.length === 0 && room() > 0 && (more || performance.now() - lookedAt > LOOK_EVERY_MS)) {
      more = false;
      lookedAt = performance.now();
      // Read again and again, so that a changed address or App Secret counts at once.
      const [to, due] = await Promise.all([
        readReceiver(context, environmentId),
        findDueEvents(context.db.prisma, environmentId, context.now(), {
          keys: KEYS_AT_ONCE,
          perKey: EVENTS_PER_KEY,
          except: [...inFlight.keys()],
        }),
      ]);
      receiver = to;
      if (to === null) break;
      backlog = due;
      const moved = contextIn(installation, to);
      if (moved.aheadMs !== context.aheadMs) {
        context = moved;
        more = true;
      }
      if (due.length === KEYS_AT_ONCE) more = true;
    }
    if (receiver) for (const events of backlog.splice(0, Math.max(0, room()))) begin(receiver, events);
    if (inFlight.size === 0) break;
    await Promise.race([...inFlight.values(), woken]);
  }
  await Promise.all(inFlight.values());
  if (failure !== undefined) throw failure;
  return receiver === null ? null : { ...state, aheadMs: context.aheadMs ?? 0 };
}

interface InOrderOptions extends DeliverOptions {
  readonly ending: () => boolean;
  readonly noteAnswer: (tried: TriedDelivery) => Promise<void>;
}

/** The waiting events of one key, first to last, until one of them is not done with. */
async function deliverInOrder(
  context: Context,
  environmentId: EnvironmentId,
  receiver: Receiver,
  events: readonly WaitingEvent[],
  options: InOrderOptions,
): Promise<void> {
  for (const [index, event] of events.entries()) {
    if (index > 0 && options.ending()) return;
    if (event.dueAt !== null && event.dueAt.getTime() > context.now()) {
      // One behind it came up before it is its turn.
      await parkBehind(context.db.prisma, environmentId, event);
      return;
    }
    const tried = await tryDelivery(context, receiver, event, options.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS);
    const settlement = settlementOf(context, event, tried, options.random ?? Math.random);
    const mine = await settleAttempt(context.db.prisma, environmentId, event.id, tried, settlement);
    await options.noteAnswer(tried);
    // Not mine: another run has taken over and is further than this list.
    if (!mine || settlement.outcome === "again") return;
  }
}

function settlementOf(context: Context, event: WaitingEvent, tried: TriedDelivery, random: () => number): Settlement {
  const at = context.now();
  if (tried.accepted) return { outcome: "delivered", at };
  const giveUpAt = event.giveUpAt.getTime();
  if (at >= giveUpAt) return { outcome: "dead", at };
  // The last try is made when the time is up, not long before.
  return { outcome: "again", at, dueAt: Math.min(at + pauseAfter(event.failures + 1, random()), giveUpAt) };
}
