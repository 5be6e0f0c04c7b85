import type { Actor, EnvironmentRef, Operator, OperatorRole, TokenScope } from "./actor";
import { AppError } from "./errors";

/** Operators' roles, each of which may do everything that those before it may. */
export const OPERATOR_ROLES = ["viewer", "support", "admin", "owner"] as const satisfies readonly OperatorRole[];

/** A part of the table below, as the console's help is divided. */
export type PermissionArea =
  | "Users"
  | "Test runs"
  | "Chat"
  | "Webhooks"
  | "Apps and keys"
  | "Quotas"
  | "Audit log"
  | "Operators";

interface PermissionRow {
  /** The lowest role that may. */
  readonly from: OperatorRole;
  readonly area: PermissionArea;
  /** What may be done, as the console's help says it: "Ban and unban users". */
  readonly words: string;
  /** In the console it takes a proof of who asks that is at most `FRESH_MINUTES` old: a stolen session, or one left open, is not enough. */
  readonly fresh?: true;
}

/** How long a sign-in, or a password or second factor that was given again, counts for acts that take a fresh proof. */
export const FRESH_MINUTES = 5;

const row = (from: OperatorRole, area: PermissionArea, words: string): PermissionRow => ({ from, area, words });
const freshRow = (from: OperatorRole, area: PermissionArea, words: string): PermissionRow => ({
  ...row(from, area, words),
  fresh: true,
});

/** Who may do what in the console: the only table of it. The page "What each role may do" shows it row by row. */
export const PERMISSIONS = {
  "users.read": row("viewer", "Users", "See users with their profiles, friends, groups, bans and connections"),
  "users.ban": row("support", "Users", "Ban and unban users"),
  "users.mute": row("support", "Users", "Mute and unmute users in direct channels"),
  "users.invalidate_tokens": row("support", "Users", "Invalidate access tokens"),
  "tokens.inspect": row("support", "Users", "Inspect access tokens"),
  "connections.close": row("support", "Users", "Close connections"),
  "notes.write": row("support", "Users", "Write notes on users, change and delete their own"),
  "notes.delete_others": row("admin", "Users", "Delete others’ notes"),
  "users.register": row("admin", "Users", "Register users"),
  "users.update": row("admin", "Users", "Change registered names and avatars"),
  "users.issue_test_token": row("admin", "Users", "Issue test tokens, in Development"),
  "users.delete_test": row("admin", "Users", "Delete test users, in Development"),
  "users.restore": row("admin", "Users", "Restore soft-deleted users"),
  "profiles.change": row("admin", "Users", "Change and clear hosted profiles"),
  "tags.change": row("admin", "Users", "Change tags"),
  "friends.change": row("admin", "Users", "Change friends, friend requests and friend notes"),
  "blocklist.change": row("admin", "Users", "Change blocklists"),
  "jobs.start": row("support", "Users", "Start, cancel, retry and undo jobs of the kinds the role can do"),
  "views.share": row("support", "Users", "Share saved views of lists with other operators"),
  "views.manage": row("admin", "Users", "Change and delete views that others share"),
  "users.copy_data": row("admin", "Users", "Copy everything stored about users, and download it"),
  "lists.export": row("admin", "Users", "Export lists of users, bans, groups, deliveries and audit entries"),
  "test_runs.read": row("viewer", "Test runs", "See test runs and their users, in Development"),
  "test_runs.start": row("admin", "Test runs", "Start and extend test runs, and keep users of theirs"),
  "test_runs.end": row("admin", "Test runs", "End test runs, which deletes their users"),
  "clock.read": row("viewer", "Test runs", "See the test clock of Development"),
  "clock.move": row("admin", "Test runs", "Move the test clock of Development, and go back to real time"),
  "scenarios.seed": row("admin", "Test runs", "Seed scenarios into Development"),
  "scenarios.reset": row("admin", "Test runs", "Reset Development, which deletes its users and groups"),
  "settings.read": row("viewer", "Chat", "See chat settings"),
  "settings.change": row("admin", "Chat", "Change chat settings"),
  "groups.change": row("admin", "Chat", "Change groups and their members"),
  "messages.send": row("admin", "Chat", "Send messages, through the Server API"),
  "webhooks.read": row("viewer", "Webhooks", "See webhooks and their deliveries"),
  "webhooks.change": row("admin", "Webhooks", "Change webhooks, send test pings and replay deliveries"),
  "keys.read": row("viewer", "Apps and keys", "See apps, plans and App Keys"),
  "keys.reveal": freshRow("admin", "Apps and keys", "Reveal App Secrets and webhook secrets"),
  "keys.try": row("admin", "Apps and keys", "Try Server API calls from the reference, in Development"),
  "keys.refresh": freshRow("admin", "Apps and keys", "Refresh App Secrets and rotate webhook secrets"),
  "apps.create": row("admin", "Apps and keys", "Create apps"),
  "apps.change": row("admin", "Apps and keys", "Rename and describe apps"),
  "apps.delete": freshRow("owner", "Apps and keys", "Delete apps that have no users"),
  "apps.change_plan": freshRow("owner", "Apps and keys", "Change plans, which opens or closes Production"),
  "quota.read": row("viewer", "Quotas", "See limits, how much is used and what was refused"),
  "quota.change": row("owner", "Quotas", "Change the user limit of Development"),
  "audit.read": row("viewer", "Audit log", "See the audit log of an environment"),
  "audit.read_installation": row("admin", "Audit log", "See operators’ sign-ins and changes, with their IP addresses"),
  "account.factors": freshRow("viewer", "Operators", "Set up and turn off their own second factors"),
  "account.tokens": freshRow("viewer", "Operators", "Create tokens that act as themselves"),
  "operators.read": row("viewer", "Operators", "See operators and their roles"),
  "operators.read_addresses": row("support", "Operators", "See operators’ e-mail addresses"),
  "operators.test": row("owner", "Operators", "Sign in test operators, where TEST_OPERATORS is on"),
  "operators.read_sessions": row("owner", "Operators", "See where others are signed in, and their tokens"),
  "operators.manage": freshRow(
    "owner",
    "Operators",
    "Invite, disable and remove operators, change roles, sign others out",
  ),
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof PERMISSIONS;

interface TokenScopeRow {
  /** What a program may do with it, as the console says it. */
  readonly words: string;
  /** What it is for: of no use to an operator whose role may not do this. */
  readonly mainly: Permission;
  readonly permissions: readonly Permission[];
}

const READ = [
  "users.read",
  "test_runs.read",
  "clock.read",
  "settings.read",
  "keys.read",
  "quota.read",
  "webhooks.read",
  "audit.read",
] as const satisfies readonly Permission[];

/** What a token may be made for: the only table of it. A token does what its scopes and its operator’s role both allow. */
export const TOKEN_SCOPES = {
  read: {
    words: "See users, quotas, settings, App Keys and the audit log",
    mainly: "users.read",
    permissions: READ,
  },
  runs: {
    words: "Start, extend and end test runs, and move the test clock",
    mainly: "users.delete_test",
    permissions: [
      "users.read",
      "quota.read",
      "users.register",
      "test_runs.read",
      "test_runs.start",
      "test_runs.end",
      "clock.read",
      "clock.move",
      "users.delete_test",
      "jobs.start",
    ],
  },
  "test-users": {
    words: "List and delete test users",
    mainly: "users.delete_test",
    permissions: ["users.read", "quota.read", "users.delete_test", "jobs.start"],
  },
  settings: {
    words: "Change chat settings of Development",
    mainly: "settings.change",
    permissions: ["settings.read", "settings.change"],
  },
  apps: {
    words: "Create and delete apps, and read the App Secret of Development",
    mainly: "apps.create",
    permissions: ["keys.read", "keys.reveal", "apps.create", "apps.delete"],
  },
  scenarios: {
    words: "Seed scenarios into Development and reset it",
    mainly: "scenarios.reset",
    permissions: ["scenarios.seed", "scenarios.reset"],
  },
  operators: {
    words: "Sign in test operators, where TEST_OPERATORS is on",
    mainly: "operators.test",
    permissions: ["operators.test"],
  },
} as const satisfies Record<TokenScope, TokenScopeRow>;

const scopeMay = (scope: TokenScope, permission: Permission): boolean =>
  TOKEN_SCOPES[scope].permissions.some((allowed) => allowed === permission);

/** The lowest role that may do this. */
export function lowestRole(permission: Permission): OperatorRole {
  return PERMISSIONS[permission].from;
}

/** The one of two roles that may do less. */
export const lowerRole = (one: OperatorRole, other: OperatorRole): OperatorRole =>
  OPERATOR_ROLES.indexOf(one) < OPERATOR_ROLES.indexOf(other) ? one : other;

export function roleMay(role: OperatorRole, permission: Permission): boolean {
  return OPERATOR_ROLES.indexOf(role) >= OPERATOR_ROLES.indexOf(lowestRole(permission));
}

/**
 * Throws `forbidden` unless the actor may do this, and `confirmation_needed` where it takes a fresh proof of who asks. App servers and the installation itself hold every permission of
 * their environment; what they must never do is refused by the use case. App users hold none: what a user may do is
 * said by `requireOnBehalfOf`.
 */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === "app_user") throw new AppError("forbidden", { message: "App users can’t do this." });
  if (actor.kind === "operator") requireScope(actor, permission);
  if (actor.kind === "operator") requireTestBench(actor, permission);
  if (actor.kind === "operator" && !roleMay(actor.role, permission)) {
    throw new AppError("forbidden", {
      message: `This needs the role ${lowestRole(permission)} or higher; yours is ${actor.role}. An owner can change it under Operators.`,
    });
  }
  if (actor.kind === "operator" && needsFreshProof(actor, permission)) throw new AppError("confirmation_needed");
}

/** Tokens are a proof by themselves; test operators have nothing to prove, and none of these acts in Production. */
function needsFreshProof({ source, test, fresh }: Operator, permission: Permission): boolean {
  const row: PermissionRow = PERMISSIONS[permission];
  return row.fresh === true && source === "console" && test === undefined && fresh !== true;
}

/** Whether the actor may see a part of what they have asked for; the rest is answered without it. */
export function mayAlso(actor: Actor, permission: Permission): boolean {
  try {
    requirePermission(actor, permission);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** What no test operator may, whatever the role: it would outlast them, or open a way to people. */
const NOT_FOR_TEST_OPERATORS: ReadonlySet<Permission> = new Set<Permission>([
  "account.factors",
  "account.tokens",
  "operators.read_sessions",
  "operators.manage",
  "operators.test",
  "apps.change_plan",
  "apps.change",
  "apps.delete",
  "audit.read_installation",
]);

/** Whether this actor sees Development alone, and must not be told what is in Production. */
export const isTestOperator = (actor: Actor): boolean => actor.kind === "operator" && actor.test !== undefined;

/** Whether an environment is there for this operator: for test operators Development, of their token’s app where it is for one. */
export const reaches = ({ test }: Operator, { name, appId }: EnvironmentRef): boolean =>
  test === undefined || (name === "development" && (test.appId === null || test.appId === appId));

function requireTestBench(operator: Operator, permission: Permission): void {
  const { test, environment } = operator;
  if (test === undefined) return;
  const refused = (message: string) => new AppError("forbidden", { message });
  if (NOT_FOR_TEST_OPERATORS.has(permission)) throw refused("Test operators can’t do this, whatever their role.");
  if (environment === null) {
    if (test.appId !== null && permission === "apps.create") throw refused("This test operator is for one app.");
  } else if (!reaches(operator, environment)) {
    throw refused(
      environment.name === "production"
        ? "Test operators act in Development only."
        : "This test operator is for another app.",
    );
  }
}

/** The scopes with which a token may do this, in the order of the table. */
export const scopesFor = (permission: Permission): TokenScope[] =>
  (Object.keys(TOKEN_SCOPES) as TokenScope[]).filter((scope) => scopeMay(scope, permission));

function requireScope({ token }: Operator, permission: Permission): void {
  if (token === undefined || token.scopes.some((scope) => scopeMay(scope, permission))) return;
  const lets = scopesFor(permission);
  throw new AppError("forbidden", {
    message:
      lets.length === 0
        ? "Tokens can’t do this."
        : `This needs a token with the scope ${lets.join(" or ")}; ${token.name} has ${token.scopes.join(", ")}.`,
  });
}

/**
 * For acts on what belongs to one user (own profile, friends, blocklist, messages): an app user may act as that user and
 * nobody else, everybody else as `requirePermission` says. Throws `forbidden`.
 */
export function requireOnBehalfOf(actor: Actor, permission: Permission, userId: string): void {
  if (actor.kind !== "app_user") requirePermission(actor, permission);
  else if (actor.userId !== userId) throw new AppError("forbidden", { message: "This belongs to another user." });
}
