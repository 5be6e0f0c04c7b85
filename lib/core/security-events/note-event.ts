import type { Actor, EnvironmentId, System } from "../actor";
import { INSTALLATION } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import type { AuditAction } from "../audit/schema";
import { execute } from "../command/execute";
import type { Context } from "../context";
import type { ErrorCode } from "../errors";
import { newId } from "../ids";
import { countOfSource, FLOOD, sourceOf } from "../operators/sign-in-source-store";

/** What strangers do at will: from how many of one source within an hour on it is written down, and how it was refused. */
const SECURITY_EVENTS = {
  "security.wrong_signatures": { from: 10, result: "signature_invalid" },
  "security.cross_site_refused": { from: 1, result: "forbidden" },
  "security.links_guessed": { from: 5, result: "link_invalid" },
  "security.wrong_proofs": { from: 2, result: "sign_in_failed" },
} as const satisfies Partial<Record<AuditAction, { from: number; result: ErrorCode }>>;
type SecurityAction = keyof typeof SECURITY_EVENTS;

interface SecurityEvent {
  readonly action: SecurityAction;
  readonly environmentId: EnvironmentId;
  readonly target: AuditRecord["target"];
  readonly from: Pick<Actor, "ip"> & { readonly source: System["source"] };
}

interface Waiting {
  readonly event: SecurityEvent;
  count: number;
}

const WRITE_AFTER_MS = 3_000;
/** Kinds, targets and sources that are gathered at most until they are written; what more there are count as one source. */
const MAX_WAITING = 500;

interface Gathered {
  waiting: Map<string, Waiting>;
  timer: NodeJS.Timeout | undefined;
}

const gatheredBy = new WeakMap<Context["db"], Gathered>();

function gatheredOf({ db }: Context): Gathered {
  const known = gatheredBy.get(db);
  if (known !== undefined) return known;
  const made: Gathered = { waiting: new Map(), timer: undefined };
  gatheredBy.set(db, made);
  return made;
}

/** What is counted by itself. An address that is none, and sources beyond the hundreds, are all one. */
const keyOf = ({ action, environmentId, target }: SecurityEvent, source: string) =>
  `${action} ${environmentId} ${target.id} ${source}`;

/** The console, where nobody has signed in and no one operator is meant. */
const THIS_CONSOLE = { kind: "operator", id: "", name: "this console" } as const;

/**
 * Notes something that a stranger may do as often as they like. It costs an addition in memory; a few seconds later it is counted by its
 * source, and of those the 1st, 2nd, 5th, 10th, 20th … of an hour is written to the audit log with how many there were
 * (docs/decisions/0101). A process that dies takes seconds of counting with it.
 */
export function noteSecurityEvent(context: Context, event: SecurityEvent): void {
  const gathered = gatheredOf(context);
  const exact = keyOf(event, sourceOf(event.from.ip) ?? FLOOD);
  const key = gathered.waiting.has(exact) || gathered.waiting.size < MAX_WAITING ? exact : keyOf(event, FLOOD);
  const known = gathered.waiting.get(key);
  if (known === undefined) gathered.waiting.set(key, { event, count: 1 });
  else known.count += 1;
  gathered.timer ??= setTimeout(() => void flushSecurityEvents(context), WRITE_AFTER_MS).unref();
}

/** Counts and writes what was noted. Never rejects: what could not be counted is logged. */
export async function flushSecurityEvents(context: Context): Promise<void> {
  const gathered = gatheredOf(context);
  clearTimeout(gathered.timer);
  gathered.timer = undefined;
  const waiting = [...gathered.waiting.values()];
  gathered.waiting = new Map();
  for (const { event, count } of waiting) {
    try {
      await write(context, event, count);
    } catch (error) {
      context.log.error({ err: error, action: event.action, count }, "a security event was not recorded");
    }
  }
}

/** The greatest of 1, 2, 5, 10, 20, 50 … that is not above `count`; 0 below the first. */
function roundBelow(count: number): number {
  if (count < 1) return 0;
  const power = 10 ** Math.floor(Math.log10(count) + 1e-9);
  return [5, 2, 1].map((times) => times * power).find((round) => round <= count) ?? 0;
}

async function write(context: Context, event: SecurityEvent, count: number): Promise<void> {
  const { action, environmentId, target, from } = event;
  const now = new Date(context.now() - (context.aheadMs ?? 0));
  const of = { kind: `${action} ${environmentId} ${target.id}`, source: sourceOf(from.ip) };
  const { source, total } = await countOfSource(context.db.prisma, of, now, count);
  const round = roundBelow(total);
  const { from: least, result } = SECURITY_EVENTS[action];
  if (round <= total - count || total < least) return;
  const actor: System = { kind: "system", ...from, requestId: newId.request(), environment: null };
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [
      {
        action,
        target,
        environmentId,
        after: { count: total, from: source === FLOOD ? "many addresses" : source },
        result,
      },
    ],
  }));
}

/** In the installation's own log. */
export function noteAtConsole(context: Context, action: SecurityAction, ip: string): void {
  noteSecurityEvent(context, {
    action,
    environmentId: INSTALLATION,
    target: THIS_CONSOLE,
    from: { ip, source: "console" },
  });
}
