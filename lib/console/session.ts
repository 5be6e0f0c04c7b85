import { cookies, headers } from "next/headers";
import { cache } from "react";
import type { EnvironmentRef, Operator, System } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import { checkSession, type SessionState } from "@/lib/core/operators/check-session";
import { signOut } from "@/lib/core/operators/sign-out";
import { actingIn } from "@/lib/core/permissions";
import { countRead } from "./read-budget";
import { callerOf } from "./request";
import { consoleRuntime } from "./runtime";
import { cookieName, cookieOptions, openSessionId } from "./session-cookie";

/**
 * The session of this request, checked against the database. `touch` tells that a person is there (a page, an action);
 * polling does not count, so that an unattended screen is signed out all the same.
 */
export async function readSession(options: { touch: boolean }): Promise<SessionState> {
  // First, since it tells the build that this is for requests only: a build has no database.
  const sent = await cookies();
  const { context, env } = await consoleRuntime();
  const cookie = sent.get(cookieName(env, "session"))?.value;
  const sessionId = await openSessionId(context.secrets, cookie);
  if (sessionId === null) return { active: false, reason: "none" };
  return checkSession(context, sessionId, options);
}

/** `readSession` for pages: layout and page share one query a request. */
export const pageSession = cache(() => readSession({ touch: true }));

/** Counts a page or an endpoint's answer. Throws `rate_limited` beyond what a session may read in a minute. */
export async function countReadOf(sessionId: string): Promise<void> {
  if ((await consoleRuntime()).env.RATE_LIMITS) countRead(sessionId);
}

/** The signed-in operator as the actor of a use case. */
export async function operatorActor(
  session: Extract<SessionState, { active: true }>,
  requestId: string,
  environment: EnvironmentRef | null,
): Promise<Operator> {
  const { operator } = session;
  const actor: Operator = {
    kind: "operator",
    source: "console",
    requestId,
    ip: callerOf(await headers()).ip,
    environment: null,
    operatorId: operator.id,
    name: operator.name,
    email: operator.email,
    role: operator.holds.everywhere,
    holds: operator.holds,
    ...(operator.test === undefined ? {} : { test: operator.test }),
    sessionId: session.sessionId,
    fresh: session.fresh,
  };
  return actingIn(actor, environment);
}

/** A person who has not signed in: at the sign-in page, or with a one-time link. */
export async function visitorActor(requestId: string = newId.request()): Promise<System> {
  return { kind: "system", source: "console", requestId, ip: callerOf(await headers()).ip, environment: null };
}

/** Ends this browser's session and removes its cookie; quiet when nobody is signed in. Only inside an action. */
export async function signOutHere(): Promise<void> {
  const { context, env } = await consoleRuntime();
  const session = await readSession({ touch: false });
  if (session.active) {
    await signOut(context, await operatorActor(session, newId.request(), null), { sessionId: session.sessionId });
  }
  (await cookies()).set(cookieName(env, "session"), "", { ...cookieOptions(env), maxAge: 0 });
}
