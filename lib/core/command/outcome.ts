import { type BusEvent, EVENT_LISTS } from "@/lib/bus/bus";
import type { Run, Write } from "@/lib/db/statement";
import { type Actor, INSTALLATION } from "../actor";
import { type AuditRecord, auditWrites } from "../audit/audit-store";
import { isRecorded } from "../audit/schema";
import type { Context } from "../context";
import type { WebhookEvent } from "../webhooks/schema";
import { webhookEventWrites } from "../webhooks/webhook-event-store";

/** What a command has written, and what must follow from it. */
export interface Outcome<Result> {
  readonly result: Result;
  /** The command's last writes: they travel with what follows from them and with COMMIT. */
  readonly writes?: readonly Write[];
  /** When it happened by the context's clock, as what was written says, in Unix milliseconds. Absent: now. */
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

/** What is to be written at the end of the transaction of commands, and what is to be done after its commit. */
export interface Consequences {
  readonly writes: readonly Write[];
  /** Tells what follows. Never throws. */
  published(): void;
}

/** What must follow from commands of one environment. */
export function consequencesOf(context: Context, outcomes: readonly AttributedOutcome[]): Consequences {
  const now = context.now();
  const aheadMs = context.aheadMs ?? 0;
  const audit = outcomes.flatMap(({ actor, outcome }) =>
    (outcome.audit ?? [])
      .filter(({ action }) => isRecorded(action, actor.kind))
      .map((record) => ({ actor, record, at: (outcome.at ?? now) - aheadMs, aheadMs })),
  );
  const webhooks = outcomes.flatMap(({ outcome }) => outcome.webhooks ?? []);
  const events = merged(outcomes.flatMap(({ outcome }) => outcome.events ?? []));
  const environmentId = outcomes[0]?.actor.environment?.id ?? INSTALLATION;
  const publishing = events.length === 0 ? undefined : context.bus.publishWithCommit(events);
  return {
    writes: [
      ...outcomes.flatMap(({ outcome }) => outcome.writes ?? []),
      ...auditWrites(audit),
      ...webhookEventWrites(environmentId, now, webhooks),
      ...(publishing === undefined ? [] : [publishing.write]),
    ],
    published: () => publishing?.published(),
  };
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
