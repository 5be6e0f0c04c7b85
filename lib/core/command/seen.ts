import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, INSTALLATION } from "../actor";
import { AUDIT_ACTIONS, type AuditAction, type AuditTargetKind } from "../audit/schema";
import { AppError } from "../errors";
import { findLastChanges, type LastChange } from "./seen-store";

type Values = Readonly<Record<string, unknown>>;

interface SeenCheck<V extends Values> {
  /** What the command carries: what its page showed. Undefined: it was given by something that shows nothing. */
  readonly seen: V | undefined;
  /** What stands now, under the lock. */
  readonly current: V;
  /** What has been changed, as audit entries name it. */
  readonly target: { readonly kind: AuditTargetKind; readonly id: string; readonly name?: string };
  /** The kinds of audit entries that tell of such a change, the usual one first. */
  readonly actions: readonly [AuditAction, ...AuditAction[]];
  /** What an entry says that tells of what stands now; absent: `current`. Values that the entry has not are not compared. */
  readonly told?: Values;
  /** When what stands now was written, in Unix milliseconds, where that is known. */
  readonly since?: number;
  /** Default: the environment that the actor acts on, or the installation. */
  readonly environmentId?: EnvironmentId;
}

/**
 * Throws `version_conflict`, saying who changed what and when, unless what a page showed still stands. Called by a command
 * under its lock, so that nothing changes between the look and the write
 * (docs/decisions/0067-a-change-carries-what-its-page-showed.md).
 */
export async function requireSeen<V extends Values>(run: Run, actor: Actor, check: SeenCheck<V>): Promise<void> {
  const { seen, current, target, actions, told = current, since } = check;
  if (seen === undefined || same(seen, current)) return;
  const environmentId = check.environmentId ?? actor.environment?.id ?? INSTALLATION;
  const entries = await findLastChanges(run, environmentId, target, actions);
  // What app servers and users do is not all in the log: the latest entry need not tell of what stands now.
  const entry = entries.find(({ after, at }) => agrees(after, told) && (since === undefined || at.getTime() === since));
  throw new AppError("version_conflict", conflictOf(entry, actions[0], target, current));
}

function conflictOf(
  entry: LastChange | undefined,
  usual: AuditAction,
  target: SeenCheck<Values>["target"],
  current: Values,
) {
  const whom = target.kind === "user" ? target.id : (target.name ?? target.id);
  const did = `${AUDIT_ACTIONS[entry?.action ?? usual]} ${whom}`;
  const by = entry?.by ?? null;
  return {
    message: `${by ?? "Someone"} ${did} meanwhile.`,
    conflict: { by, at: entry?.at ?? null, did, current },
  };
}

/** Whether an audit entry tells of values: those that it has are these. */
function agrees(after: LastChange["after"], told: Values): boolean {
  if (after === null) return Object.values(told).every((value) => value === null);
  return Object.keys(told).every((name) => !(name in after) || same(after[name], told[name]));
}

/** Equal as JSON, in whatever order the keys stand. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
