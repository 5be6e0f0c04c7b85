import { formatCount, plural } from "@/components/ui/count-text";
import { lengthText } from "@/components/ui/time-format";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { AuditAction } from "@/lib/core/audit/schema";
import { listChangeText } from "@/lib/core/settings/facts";

/** What a sentence needs of an audit entry. */
export type DescribedEntry = Pick<AuditRow, "actor" | "action" | "words" | "target" | "before" | "after" | "result">;

/** "**actor** verb **target** suffix". `target` is null where the verb says it all ("Ana signed in"). */
export interface EntryDescription {
  readonly actor: string;
  readonly verb: string;
  readonly target: { readonly text: string; readonly kind: string; readonly id: string } | null;
  readonly suffix: string;
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
      const moved = movedEnd(entry);
      if (moved !== null) return `(${moved})`;
      const minutes = after?.minutes;
      return typeof minutes === "number" && minutes >= 1 ? `for ${lengthText(minutes)}` : "";
    }
    case "access.refused": {
      const permission = text(after?.permission);
      return permission === null ? "" : `(${permission})`;
    }
    case "user.connections_closed": {
      const count = after?.connections;
      return typeof count === "number" ? `(${plural(count, "connection")})` : "";
    }
    case "security.wrong_signatures":
    case "security.cross_site_refused":
    case "security.links_guessed":
    case "security.wrong_proofs": {
      const [count, from] = [after?.count, text(after?.from)];
      return typeof count === "number" && from !== null ? `(${formatCount(count)} within an hour, from ${from})` : "";
    }
    case "audit.entries_removed":
      return typeof after?.entries === "number" ? `(${plural(after.entries, "entry", "entries")})` : "";
    case "bans.history_removed":
      return typeof after?.bans === "number" ? `(${plural(after.bans, "ban")})` : "";
    case "app.plan_changed":
      return fromTo(before?.plan, after?.plan);
    case "operator.role_changed":
      return fromTo(before?.role, after?.role);
    case "operator.access_changed": {
      const changed = (["development", "production"] as const).filter((name) => before?.[name] !== after?.[name]);
      const given = changed.map((name) => `${name} ${accessWord(before?.[name])} → ${accessWord(after?.[name])}`);
      return `in ${text(after?.app) ?? "an app"}: ${given.join(", ")}`;
    }
    case "operator.invited":
    case "operator.created": {
      const role = text(after?.role);
      return role === null ? "" : `as ${role}`;
    }
    case "job.delete_test_users_started": {
      const { users, retried } = after ?? {};
      if (typeof retried === "number") return `again for ${plural(retried, "user")}`;
      return typeof users === "number" ? `(${plural(users, "user")})` : "";
    }
    case "user.kept": {
      const run = text(before?.testRun);
      return run === null ? "" : `beyond the test run ${run}`;
    }
    case "test_run.ended":
    case "test_run.expired": {
      const users = after?.users;
      return typeof users === "number" ? `(${plural(users, "user")})` : "";
    }
    case "user.direct_muted":
    case "user.direct_unmuted":
      return "in direct channels";
    case "friend.added":
    case "friend.requested":
    case "friend.note_changed":
      return named(after?.friend);
    case "friend.request_refused":
      return named(after?.requester);
    case "friend.removed":
      return named(before?.friends);
    case "friend.all_removed": {
      const friends = before?.friends;
      return typeof friends === "number" ? `(${plural(friends, "friend")})` : "";
    }
    case "blocklist.added":
      return named(after?.blocked);
    case "blocklist.removed":
      return named(before?.blocked);
    case "group.joined":
    case "group.left":
    case "group.member_changed":
    case "group.alias_changed": {
      const group = text(after?.group) ?? text(before?.group);
      return group === null ? "" : `in ${group}`;
    }
    case "group.role_changed": {
      const group = text(after?.group);
      return [group === null ? "" : `in ${group}`, fromTo(before?.role, after?.role)].filter(Boolean).join(" ");
    }
    case "webhook.dead_replayed": {
      const events = after?.events;
      return typeof events === "number" ? `(${plural(events, "event")})` : "";
    }
    case "list.exported": {
      const [list, format] = [text(after?.list), text(after?.format)];
      return list === null || format === null ? "" : `(${list}, ${format.toUpperCase()})`;
    }
    case "settings.changed":
    case "settings.reverted": {
      const keys = Object.keys(after ?? {}).filter((key) => key !== "note" && key !== "reverted");
      const [only] = keys;
      const change = only !== undefined && keys.length === 1 ? listChange(before?.[only], after?.[only]) : "";
      return change !== "" ? `(${change})` : keys.length === 0 ? "" : `(${plural(keys.length, "setting")})`;
    }
    case "quota.user_limit_changed":
      return typeof before?.limit === "number" && typeof after?.limit === "number"
        ? `from ${formatCount(before.limit)} to ${formatCount(after.limit)}`
        : "";
    case "user.tags_changed": {
      const change = listChange(before?.tags, after?.tags);
      return change === "" ? "" : `(${change})`;
    }
    default:
      return "";
  }
}

/** "ends 7 days later" of a ban that took the place of a running one; null for any other entry. */
function movedEnd({ action, before, after }: DescribedEntry): string | null {
  if (action !== "user.banned") return null;
  const [from, to] = [text(before?.bannedUntil), text(after?.bannedUntil)];
  if (from === null || to === null) return null;
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes === 0) return "ends as before";
  return `ends ${lengthText(Math.abs(minutes))} ${minutes > 0 ? "later" : "earlier"}`;
}

/** "(bob, cat and 3 more)" for one id or a list of them. */
function named(ids: unknown): string {
  const list = isWords(ids) ? ids : [text(ids)].filter((id) => id !== null);
  if (list.length === 0) return "";
  const more = list.length - MAX_NAMED;
  return `(${list.slice(0, MAX_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}

const MAX_NAMED = 3;

/** "added vip, removed beta" where both are lists of words; the first few of many. */
function listChange(before: unknown, after: unknown): string {
  if (!isWords(before) || !isWords(after)) return "";
  const text = listChangeText(before, after);
  return text.length > MAX_CHANGE_CHARACTERS ? `${text.slice(0, MAX_CHANGE_CHARACTERS).trimEnd()}…` : text;
}

const MAX_CHANGE_CHARACTERS = 80;

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** A role that was given for one environment, as an entry holds it. */
const accessWord = (role: unknown): string => (role === "guest" ? "no access" : (text(role) ?? "as everywhere"));

function fromTo(from: unknown, to: unknown): string {
  const [before, after] = [text(from), text(to)];
  return before !== null && after !== null ? `from ${before} to ${after}` : "";
}

/** The words of an entry's sentence, with names as of the time of the event. */
export function describeEntry(entry: DescribedEntry): EntryDescription {
  const { actor, action, words, target, result } = entry;
  // A failed sign-in, a refusal and an attack are what their words say; anything else with an error code did not happen.
  const itself = action === "access.refused" || action.endsWith("_failed") || action.startsWith("security.");
  const refused = result !== "ok" && !itself;
  return {
    actor: actor.name,
    verb: refused ? `was refused: ${words}` : movedEnd(entry) === null ? words : "changed the ban of",
    target: WITHOUT_TARGET.has(action)
      ? null
      : { text: target.kind === "user" ? target.id : target.name || target.id, kind: target.kind, id: target.id },
    suffix: refused ? "" : suffixOf(entry),
  };
}
