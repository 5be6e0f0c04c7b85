import { type BusEvent, EVENT_LISTS } from "@/lib/bus/bus";
import type { Run } from "@/lib/db/statement";
import { type Actor, INSTALLATION } from "../actor";
import { type AuditRecord, insertAuditEntries } from "../audit/audit-store";
import { isRecorded } from "../audit/schema";
import type { Context } from "../context";
import type { WebhookEvent } from "../webhooks/schema";
import { recordWebhookEvents } from "../webhooks/webhook-event-store";

/** What a command has written, and what must follow from it. */
export interface Outcome<Result> {
  readonly result: Result;
  /** The command's last statements while they are under way: on the pool they travel with what follows from them. */
  readonly pending?: Promise<unknown>;
  /** When it happened, as what was written says, in Unix milliseconds. Absent: now. */
  readonly at?: number;
  /** Of what apps do by the thousand nothing is kept (`isRecorded`). */
  readonly audit?: readonly AuditRecord[];
  /** For the webhook of the actor's environment. */
  readonly webhooks?: readonly WebhookEvent[];
  /** For every process: live connections, caches, workers. */
  readonly events?: readonly BusEvent[];
}

/** Refusals end a command by throwing: then nothing of it was done. `run` is the transaction that locks, decides, writes. */
export type Command<Result> = (run: Run) => Promise<Outcome<Result>>;

/** A command's outcome together with who gave the command. */
export interface AttributedOutcome {
  readonly actor: Actor;
  readonly outcome: Outcome<unknown>;
}

/**
 * Writes what must follow from commands of one environment into their transaction. Gives what is to be called once it has
 * committed, which never throws.
 */
export async function recordOutcomes(
  context: Context,
  run: Run,
  outcomes: readonly AttributedOutcome[],
): Promise<() => void> {
  const now = context.now();
  const audit = outcomes.flatMap(({ actor, outcome }) =>
    (outcome.audit ?? [])
      .filter(({ action }) => isRecorded(action, actor.kind))
      .map((record) => ({ actor, record, at: outcome.at ?? now })),
  );
  const webhooks = outcomes.flatMap(({ outcome }) => outcome.webhooks ?? []);
  const events = merged(outcomes.flatMap(({ outcome }) => outcome.events ?? []));
  const environmentId = outcomes[0]?.actor.environment?.id ?? INSTALLATION;
  // None waits for another: over a pipelined connection they are one exchange.
  const [published] = await Promise.all([
    events.length === 0 ? () => {} : context.bus.publishWithCommit(run, events),
    ...outcomes.map(({ outcome }) => outcome.pending),
    insertAuditEntries(run, audit),
    recordWebhookEvents(run, environmentId, now, webhooks),
  ]);
  return published;
}

/** Events alike but for one list as one event, so that a batch of bans is told at once and not one by one. */
function merged(events: readonly BusEvent[]): BusEvent[] {
  if (events.length < 2) return [...events];
  const byRest = new Map<string, BusEvent>();
  for (const event of events) {
    const fields: Readonly<Record<string, unknown>> = event;
    const list = EVENT_LISTS.find((name) => Array.isArray(fields[name]));
    const key = JSON.stringify(list === undefined ? event : { ...event, [list]: list });
    const same: Readonly<Record<string, unknown>> | undefined = byRest.get(key);
    const both =
      list === undefined || same === undefined
        ? event
        : ({ ...event, [list]: [...(same[list] as unknown[]), ...(fields[list] as unknown[])] } as BusEvent);
    byRest.set(key, both);
  }
  return [...byRest.values()];
}
