import type { ActionError } from "@/lib/console/action-result";

/** What was being done when it failed: of a read nothing is lost, of a change the outcome may be unknown. */
export type Attempted = "read" | "change";

/** The way on: a button or link beside the sentence. */
export type NextStep = "retry" | "reload" | "sign-in" | "refresh" | null;

interface FailureWords {
  /** What is said of a read, and what of a change; null: the server's own sentence, which knows more. */
  readonly read: string | null;
  readonly change: string | null;
  /** What to do about a read, and about a change whose form or dialog has its own button to try again. */
  readonly step: Readonly<Record<Attempted, NextStep>>;
}

const UNKNOWN = "The change may have been made. Check before you try again.";

/**
 * Every kind of failure, with what the console says and where it leads: the one table behind each list, tab, dialog,
 * palette and toast.
 */
const KINDS = {
  offline: {
    read: "You’re offline. This loads when you’re back online.",
    change: "You’re offline. Nothing was sent. Try again when you’re back online.",
    step: { read: "retry", change: null },
  },
  interrupted: {
    read: "You’re offline. This loads when you’re back online.",
    change: `You went offline before the answer came. ${UNKNOWN}`,
    step: { read: "retry", change: null },
  },
  serverAway: {
    read: "Can’t reach the server.",
    change: `Can’t reach the server. ${UNKNOWN}`,
    step: { read: "retry", change: null },
  },
  databaseSlow: {
    read: "The database isn’t answering.",
    change: "The database isn’t answering. Nothing was changed.",
    step: { read: "retry", change: null },
  },
  databaseAway: {
    read: "The database isn’t answering.",
    change: `The database isn’t answering. ${UNKNOWN}`,
    step: { read: "retry", change: null },
  },
  newVersion: {
    read: "A new version of the console is running. Reload to use it.",
    change:
      "A new version of the console is running, so nothing was changed. Reload and try again. What you typed is kept.",
    step: { read: "reload", change: "reload" },
  },
  tooMany: {
    read: "Too many pages and lists in a minute. Wait a moment and try again.",
    change: null,
    step: { read: "retry", change: null },
  },
  signedOut: { read: null, change: null, step: { read: "sign-in", change: "sign-in" } },
  conflict: { read: null, change: null, step: { read: "retry", change: null } },
  gone: { read: null, change: null, step: { read: null, change: "refresh" } },
  refused: { read: null, change: null, step: { read: "retry", change: null } },
  fault: { read: null, change: null, step: { read: "retry", change: null } },
} as const satisfies Record<string, FailureWords>;

export type FailureKind = keyof typeof KINDS;

const KIND_OF: Partial<Record<ActionError["code"], FailureKind>> = {
  offline: "offline",
  connection_lost: "interrupted",
  server_unreachable: "serverAway",
  new_version: "newVersion",
  timeout: "databaseSlow",
  database_away: "databaseAway",
  rate_limited: "tooMany",
  not_signed_in: "signedOut",
  version_conflict: "conflict",
  user_exists: "conflict",
  group_exists: "conflict",
  email_taken: "conflict",
  unique_id_taken: "conflict",
  not_found: "gone",
  user_not_found: "gone",
  user_soft_deleted: "gone",
  user_not_soft_deleted: "gone",
  group_not_found: "gone",
  not_in_group: "gone",
  not_friends: "gone",
  friend_request_not_found: "gone",
  profile_not_found: "gone",
  link_invalid: "gone",
};

/** A failure as a screen shows it. */
export interface Failure {
  readonly kind: FailureKind;
  readonly sentence: string;
  readonly step: NextStep;
}

/** What is no refusal but a fault of ours (`expected: false` in lib/core/errors.ts, whose table stays on the server). */
const FAULTS: ReadonlySet<ActionError["code"]> = new Set(["connect_unavailable", "internal"]);

export function kindOf(code: ActionError["code"]): FailureKind {
  const known = KIND_OF[code];
  if (known !== undefined) return known;
  return FAULTS.has(code) ? "fault" : "refused";
}

/** What to say of a refusal, or of an answer that never came, and which way leads on. */
export function failureOf({ code, message }: Pick<ActionError, "code" | "message">, attempted: Attempted): Failure {
  const kind = kindOf(code);
  const { step, ...words } = KINDS[kind];
  return { kind, sentence: words[attempted] ?? message, step: step[attempted] };
}
