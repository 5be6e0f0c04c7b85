import type { z } from "zod";
import type { Actor } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Permission } from "@/lib/core/permissions";

/** The sections of the reference, in their order. */
export const CALL_GROUPS = [
  "Token",
  "Operators",
  "Apps",
  "Users",
  "Test runs",
  "Test clock",
  "Scenarios",
  "Quota",
  "Settings",
  "Jobs",
  "Audit log",
] as const;

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Who calls and what may be reached. */
export interface Caller {
  readonly actor: Actor;
  /** The only app that the token is for; null: every app. */
  readonly appId: string | null;
  /** Of the token; null for the command line on its own installation. */
  readonly expiresAt: Date | null;
}

/** Where the installation is reached, without trailing slashes. */
export interface Addresses {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  /** The cookie by which the console knows a session; absent where there is no console to sign in to. */
  readonly sessionCookie?: (sessionId: string) => Promise<{ readonly name: string; readonly value: string }>;
}

/** What a call is given. Only the use case parses `input` (docs/decisions/0023). */
export interface Given {
  /** The parts of the address, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The body of a change; the query string of anything else, of a repeated name the first value. */
  readonly input: object;
  readonly caller: Caller;
  readonly addresses: Addresses;
}

/** One call of the console's HTTP API: what it is called, takes and does. `answer.ts` does everything that all of them share. */
export interface ConsoleCall {
  readonly method: Method;
  /** Below /api/console/v1. With `{env}` in it the call is about an environment: `actor.environment`. */
  readonly path: `/${string}`;
  readonly group: (typeof CALL_GROUPS)[number];
  readonly operationId: string;
  /** A few words, no full stop. */
  readonly summary: string;
  /** What a caller should know beyond the fields; Markdown. */
  readonly description: string;
  /** Null: every caller may. The use case checks again. */
  readonly permission: Permission | null;
  /** "development": does not exist for a production environment. */
  readonly environments: "both" | "development";
  /** The fields of query or body, for the description; null: none. */
  readonly input: z.ZodType | null;
  /** What comes back, as JSON carries it. */
  readonly output: z.ZodType;
  /** Default 200. */
  readonly status?: number;
  run(context: Context, actor: Actor, given: Given): Promise<unknown>;
}

/** A call as it is. */
export const defineCall = (call: ConsoleCall): ConsoleCall => call;
