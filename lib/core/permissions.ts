import type {
  Actor,
  EnvironmentName,
  EnvironmentRef,
  Grant,
  HeldRoles,
  Operator,
  OperatorRole,
  TokenScope,
} from "./actor";
import { AppError } from "./errors";

/** Operators' roles, each of which may do everything that those before it may. */
export const OPERATOR_ROLES = [
  "guest",
  "viewer",
  "support",
  "admin",
  "owner",
] as const satisfies readonly OperatorRole[];

/** The roles that let somebody see something by themselves. */
export const SEEING_ROLES = ["viewer", "support", "admin", "owner"] as const satisfies readonly OperatorRole[];

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
  /** About the installation, or an app as a whole: asked of the role that they hold everywhere. */
  readonly everywhere?: true;
}

/** How long a sign-in, or a password or second factor that was given again, counts for acts that take a fresh proof. */
export const FRESH_MINUTES = 5;

const row = (from: OperatorRole, area: PermissionArea, words: string): PermissionRow => ({ from, area, words });
const freshRow = (from: OperatorRole, area: PermissionArea, words: string): PermissionRow => ({
  ...row(from, area, words),
  fresh: true,
});
const everywhere = (of: PermissionRow): PermissionRow => ({ ...of, everywhere: true });

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
  "apps.create": everywhere(row("admin", "Apps and keys", "Create apps")),
  "apps.change": everywhere(row("admin", "Apps and keys", "Rename and describe apps")),
  "apps.delete": everywhere(freshRow("owner", "Apps and keys", "Delete apps that have no users")),
  "apps.change_plan": everywhere(freshRow("owner", "Apps and keys", "Change plans, which opens or closes Production")),
  "installation.read_room": everywhere(row("admin", "Quotas", "See how full the disks of the installation are")),
  "quota.read": row("viewer", "Quotas", "See limits, how much is used and what was refused"),
  "quota.change": row("owner", "Quotas", "Change the user limit of Development"),
  "audit.read": row("viewer", "Audit log", "See the audit log of an environment"),
  "audit.read_installation": everywhere(
    row("admin", "Audit log", "See operators’ sign-ins and changes, with their IP addresses"),
  ),
  "audit.read_retention": everywhere(
    row("admin", "Audit log", "See how long audit entries and ban history are kept, and how many there are"),
  ),
  "audit.change_retention": everywhere(
    freshRow("owner", "Audit log", "Set how long audit entries and ban history are kept"),
  ),
  "audit.stream": everywhere(
    freshRow("owner", "Audit log", "Send the audit log of the whole installation on to an address"),
  ),
  "account.factors": everywhere(
    freshRow("guest", "Operators", "Set up and turn off their own second factors, and link single sign-on"),
  ),
  "account.sessions": everywhere(freshRow("guest", "Operators", "End their other sessions")),
  "account.tokens": everywhere(freshRow("guest", "Operators", "Create tokens that act as themselves")),
  "operators.read": everywhere(row("viewer", "Operators", "See operators and their roles")),
  "operators.read_addresses": everywhere(row("support", "Operators", "See operators’ e-mail addresses")),
  "operators.test": everywhere(row("owner", "Operators", "Sign in test operators, where TEST_OPERATORS is on")),
  "operators.read_sessions": everywhere(row("owner", "Operators", "See where others are signed in, and their tokens")),
  "operators.manage": everywhere(
    freshRow("owner", "Operators", "Invite, disable and remove operators, change roles, sign others out"),
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

/** Whether a token with this scope could do what it is for, somewhere (null) or in one app. */
export function mayUse(holds: HeldRoles, scope: TokenScope, appId: string | null): boolean {
  const { mainly } = TOKEN_SCOPES[scope];
  return roleMay(isEverywhere(mainly) ? holds.everywhere : highestRole(holds, appId), mainly);
}

/** The lowest role that may do this. */
export function lowestRole(permission: Permission): OperatorRole {
  return PERMISSIONS[permission].from;
}

/** The one of two roles that may do less. */
export const lowerRole = (one: OperatorRole, other: OperatorRole): OperatorRole =>
  OPERATOR_ROLES.indexOf(one) < OPERATOR_ROLES.indexOf(other) ? one : other;

const higherRole = (one: OperatorRole, other: OperatorRole): OperatorRole =>
  lowerRole(one, other) === one ? other : one;

/** An environment as grants name it. */
export type Place = Pick<EnvironmentRef, "appId" | "name">;

/** What was given for an environment; undefined: nothing, so that the role held everywhere counts. */
export const grantFor = <G extends Grant>(grants: readonly G[], { appId, name }: Place): G | undefined =>
  grants.find((grant) => grant.appId === appId && grant.environment === name);

/** The role held in an environment: the one given for it, else the one held everywhere. */
export function roleIn({ everywhere, grants }: HeldRoles, place: Place): OperatorRole {
  if (everywhere === "owner") return everywhere;
  return grantFor(grants, place)?.role ?? everywhere;
}

/** The highest role held anywhere, of one app where that is named. */
export function highestRole({ everywhere, grants }: HeldRoles, appId: string | null = null): OperatorRole {
  if (everywhere === "owner") return everywhere;
  const given = grants.filter((grant) => appId === null || grant.appId === appId);
  const names: EnvironmentName[] = ["development", "production"];
  const overruled = appId !== null && names.every((name) => given.some(({ environment }) => environment === name));
  return given.map(({ role }): OperatorRole => role).reduce(higherRole, overruled ? "guest" : everywhere);
}

/** Whether it is asked of the role held everywhere, wherever somebody acts. */
export const isEverywhere = (permission: Permission): boolean => {
  const row: PermissionRow = PERMISSIONS[permission];
  return row.everywhere === true;
};

/**
 * The role of which a permission is asked. Without an environment, what is of environments is asked of the highest role: such as what
 * apps there are, which is then answered environment by environment.
 */
export function roleFor(holds: HeldRoles, permission: Permission, place: Place | null): OperatorRole {
  if (isEverywhere(permission)) return holds.everywhere;
  return place === null ? highestRole(holds) : roleIn(holds, place);
}

/** Whether an operator’s role lets them, for what a page offers; `requirePermission` decides. `role` is the one where they act. */
export const operatorMay = ({ role, holds }: Pick<Operator, "role" | "holds">, permission: Permission): boolean =>
  roleMay(isEverywhere(permission) ? holds.everywhere : role, permission);

/** Why a page does not offer something to an operator; null when it does. */
export function whyNot(operator: Pick<Operator, "role" | "holds">, permission: Permission): string | null {
  if (operatorMay(operator, permission)) return null;
  const { role, holds } = operator;
  return isEverywhere(permission) && holds.everywhere !== role
    ? `Needs the role ${lowestRole(permission)} in all apps; yours is ${holds.everywhere}, and ${role} only here.`
    : `Needs the role ${lowestRole(permission)}; yours is ${role}.`;
}

/** The operator as they act in an environment, or on the installation (null). */
export const actingIn = (operator: Operator, environment: EnvironmentRef | null): Operator => ({
  ...operator,
  environment,
  role: environment === null ? operator.holds.everywhere : roleIn(operator.holds, environment),
});

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
  if (actor.kind === "operator") requireRole(actor, permission);
  if (actor.kind === "operator" && needsFreshProof(actor, permission)) throw new AppError("confirmation_needed");
}

function requireRole({ holds, environment }: Operator, permission: Permission): void {
  const role = roleFor(holds, permission, environment);
  if (roleMay(role, permission)) return;
  if (environment !== null && roleIn(holds, environment) === "guest" && !isEverywhere(permission)) {
    throw new AppError("not_found", { message: "There is no such environment." });
  }
  const here = environment === null || isEverywhere(permission) ? "yours" : `yours in ${placeName(environment)}`;
  throw new AppError("forbidden", {
    message: `This needs the role ${lowestRole(permission)} or higher; ${here} is ${role}. An owner can change it under Operators.`,
  });
}

const placeName = ({ appName, name }: EnvironmentRef): string =>
  `${appName} ${name === "production" ? "Production" : "Development"}`;

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

/** Whether the actor may look at another environment than the one they act in: at its users, and so at how many they are. */
export const maySeeUsersOf = (actor: Actor, other: EnvironmentRef): boolean =>
  actor.kind !== "operator" || mayAlso(actingIn(actor, other), "users.read");

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
  "audit.read_retention",
  "audit.change_retention",
  "audit.stream",
  "installation.read_room",
]);

/** Whether this actor sees Development alone, and must not be told what is in Production. */
export const isTestOperator = (actor: Actor): boolean => actor.kind === "operator" && actor.test !== undefined;

/**
 * Whether an environment is there for this operator: where they hold a role, and for test operators Development, of their token’s app
 * where it is for one.
 */
export const reaches = ({ test, holds }: Operator, place: Place): boolean =>
  roleIn(holds, place) !== "guest" && isTestBench(test, place);

const isTestBench = (test: Operator["test"], { name, appId }: Place): boolean =>
  test === undefined || (name === "development" && (test.appId === null || test.appId === appId));

function requireTestBench(operator: Operator, permission: Permission): void {
  const { test, environment } = operator;
  if (test === undefined) return;
  const refused = (message: string) => new AppError("forbidden", { message });
  if (NOT_FOR_TEST_OPERATORS.has(permission)) throw refused("Test operators can’t do this, whatever their role.");
  if (environment === null) {
    if (test.appId !== null && permission === "apps.create") throw refused("This test operator is for one app.");
  } else if (!isTestBench(test, environment)) {
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
