import { AUDIT_ACTIONS, type AuditAction } from "@/lib/core/audit/schema";

/** What a sentence needs of an audit entry; every row of the audit log has it. */
export interface DescribedEntry {
  readonly actorKind: "app_server" | "operator" | "system";
  readonly actorName: string;
  readonly action: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly result: string;
}

/** "**actor** verb **target** suffix". `target` is null where the verb says it all ("Ana signed in"). */
export interface EntryDescription {
  readonly actor: string;
  readonly verb: string;
  readonly target: { readonly text: string; readonly kind: string; readonly id: string } | null;
  readonly suffix: string;
}

const UNITS = [
  [1440, "day"],
  [60, "hour"],
  [1, "minute"],
] as const;

/** 10080 → "7 days", 90 → "1 hour 30 minutes". Whole minutes from 1. */
export function wordsForMinutes(minutes: number): string {
  const words: string[] = [];
  let rest = minutes;
  for (const [size, unit] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
    rest -= count * size;
  }
  return words.join(" ");
}

/** Acts of an operator on themselves: the target only repeats the actor. */
const WITHOUT_TARGET: ReadonlySet<string> = new Set<AuditAction>([
  "operator.signed_in",
  "operator.signed_out",
  "operator.signed_out_everywhere",
]);

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

function suffixOf(entry: DescribedEntry): string {
  const { before, after } = entry;
  switch (entry.action) {
    case "user.banned": {
      const minutes = after?.minutes;
      return typeof minutes === "number" && minutes >= 1 ? `for ${wordsForMinutes(minutes)}` : "";
    }
    case "app.plan_changed":
      return fromTo(before?.plan, after?.plan);
    case "operator.role_changed":
      return fromTo(before?.role, after?.role);
    case "operator.invited":
    case "operator.created": {
      const role = text(after?.role);
      return role === null ? "" : `as ${role}`;
    }
    case "job.delete_test_users_started": {
      const total = after?.total;
      return typeof total === "number" ? `(${total === 1 ? "1 user" : `${total} users`})` : "";
    }
    case "settings.changed": {
      const keys = Object.keys(after ?? {});
      return keys.length === 0 ? "" : `(${keys.length === 1 ? "1 setting" : `${keys.length} settings`})`;
    }
    default:
      return "";
  }
}

function fromTo(from: unknown, to: unknown): string {
  const [before, after] = [text(from), text(to)];
  return before !== null && after !== null ? `from ${before} to ${after}` : "";
}

const verbOf = (action: string) => (action in AUDIT_ACTIONS ? AUDIT_ACTIONS[action as AuditAction] : action);

/** The words of an entry's sentence, with names as of the time of the event. */
export function describeEntry(entry: DescribedEntry): EntryDescription {
  const refused = entry.result !== "ok" && !entry.action.endsWith("_failed");
  const verb = refused ? `was refused: ${verbOf(entry.action)}` : verbOf(entry.action);
  const target = WITHOUT_TARGET.has(entry.action)
    ? null
    : {
        text: entry.targetKind === "user" ? entry.targetId : entry.targetName || entry.targetId,
        kind: entry.targetKind,
        id: entry.targetId,
      };
  return { actor: entry.actorName, verb, target, suffix: refused ? "" : suffixOf(entry) };
}
