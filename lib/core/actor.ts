import { AppError } from "./errors";

/** Number of an environment in every table. Branded, so that no other number can stand in for it. */
export type EnvironmentId = number & { readonly __brand: "EnvironmentId" };

/** `environmentId` of audit entries that belong to the installation itself: operators, sign-ins, new apps. */
export const INSTALLATION = 0 as EnvironmentId;

export type EnvironmentName = "development" | "production";
export type Plan = "free" | "starter" | "pro";
/** "guest": what they may is said app by app, and by itself that is nothing. */
export type OperatorRole = "owner" | "admin" | "support" | "viewer" | "guest";

/** The role that an operator holds in one environment, whatever they hold everywhere; "guest": the environment is not there for them. */
export interface Grant {
  readonly appId: string;
  readonly environment: EnvironmentName;
  readonly role: Exclude<OperatorRole, "owner">;
}

/** What an operator holds. Owners are owners everywhere: no grant takes that from them. */
export interface HeldRoles {
  /** On the installation itself, and in each environment that no grant names. */
  readonly everywhere: OperatorRole;
  readonly grants: readonly Grant[];
}

/** A test clock, which a development environment may have (docs/decisions/0080-the-test-clock.md). */
export interface EnvironmentClock {
  /** How far it is ahead of real time, in milliseconds; more than 0. */
  readonly aheadMs: number;
  /** Since when the environment has had it, in Unix milliseconds of real time: no two of its clocks have the same. */
  readonly startedAt: number;
}

/** What the rules need to know about the environment that a call is about. */
export interface EnvironmentRef {
  readonly id: EnvironmentId;
  readonly appId: string;
  readonly appName: string;
  readonly name: EnvironmentName;
  readonly appKey: string;
  readonly plan: Plan;
  /** Registered users that it may have; null: any number. */
  readonly userLimit: number | null;
  /** null: its time is real time, as ever in production. */
  readonly clock: EnvironmentClock | null;
}

interface ActorBase {
  /** Correlates answer, log line and audit entry. */
  readonly requestId: string;
  /** Address of the caller, "" when there is none. */
  readonly ip: string;
  /** The environment acted on; null for acts on the installation itself. */
  readonly environment: EnvironmentRef | null;
}

/** A caller of the signed Server API: whoever holds the App Secret of one environment. */
export interface AppServer extends ActorBase {
  readonly kind: "app_server";
  readonly source: "server_api";
  readonly environment: EnvironmentRef;
}

/** What a token may be made for; `TOKEN_SCOPES` in permissions.ts says what each lets a program do. */
export type TokenScope = "read" | "runs" | "test-users" | "settings" | "apps" | "scenarios" | "operators";

/** A person signed in to the console, or a program with one of their tokens. */
export interface Operator extends ActorBase {
  readonly kind: "operator";
  /** "console_api" is a program that has one of the operator's tokens. */
  readonly source: "console" | "console_api";
  readonly operatorId: string;
  readonly name: string;
  readonly email: string;
  /** The role where they act, for what is shown; what they may is asked of `holds`. */
  readonly role: OperatorRole;
  readonly holds: HeldRoles;
  /** The token that a program acts with: it may do no more than its scopes say. */
  readonly token?: { readonly id: string; readonly name: string; readonly scopes: readonly TokenScope[] };
  /**
   * A test operator, made by a token for the tests of one app, or of all (null): acts in Development alone, and does nothing that
   * outlasts it (`requirePermission`).
   */
  readonly test?: { readonly appId: string | null };
  /** Whether they have proven within five minutes who they are: `FRESH_MINUTES` in permissions.ts. */
  readonly fresh?: boolean;
  /** The session that asks, so that "everywhere else" can leave it open. */
  readonly sessionId?: string;
}

/** The installation acting on its owner's behalf: the command line, first start, a job. */
export interface System extends ActorBase {
  readonly kind: "system";
  /** "console" is a person who has not signed in: at the sign-in page, or with a link; "server_api" whoever has not proven who calls. */
  readonly source: "cli" | "job" | "setup" | "console" | "server_api";
  /** Whose order a job carries out: named in its audit entries instead of "System". */
  readonly onBehalfOf?: ActorName;
}

/** A user of an app, connected with an access token: acts on own data only. */
export interface AppUser extends ActorBase {
  readonly kind: "app_user";
  readonly source: "client";
  readonly environment: EnvironmentRef;
  readonly userId: string;
  /** The connection that asks, so that the user's other devices can be told what it did. */
  readonly connection?: { readonly id: string; readonly platform: string };
}

export type Actor = AppServer | Operator | System | AppUser;

/** How an actor is named in bans and audit entries, as of the time of the event. */
export interface ActorName {
  readonly kind: Actor["kind"];
  readonly id: string;
  readonly name: string;
}

const SYSTEM_NAMES: Record<System["source"], string> = {
  cli: "Command line",
  job: "System",
  setup: "System",
  console: "Someone",
  server_api: "Someone",
};

export function nameOf(actor: Actor): ActorName {
  switch (actor.kind) {
    case "app_server":
      return { kind: actor.kind, id: actor.environment.appKey, name: "App server" };
    case "operator":
      return {
        kind: actor.kind,
        id: actor.operatorId,
        name: actor.token === undefined ? actor.name : `${actor.name}’s token ${actor.token.name}`,
      };
    case "app_user":
      return { kind: actor.kind, id: actor.userId, name: actor.userId };
    case "system":
      if (actor.onBehalfOf !== undefined) return actor.onBehalfOf;
      return { kind: actor.kind, id: actor.source, name: SYSTEM_NAMES[actor.source] };
  }
}

/** The connection that asks, which is not told what it did; "" where no connection does. */
export const connectionOf = (actor: Actor): string => (actor.kind === "app_user" ? (actor.connection?.id ?? "") : "");

/** The environment that this call is about. Throws `not_found` where the door named none. */
export function environmentOf(actor: Actor): EnvironmentRef {
  if (actor.environment === null) throw new AppError("not_found", { message: "No environment was named." });
  return actor.environment;
}
