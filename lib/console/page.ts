import { forbidden, notFound, redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import type { EnvironmentRef, Operator } from "@/lib/core/actor";
import { namedEnvironment } from "@/lib/core/apps/named-environment";
import { isClosed } from "@/lib/core/apps/resolve-environment";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { type Permission, reaches, requirePermission } from "@/lib/core/permissions";
import { asRefusal } from "@/lib/core/refusal";
import { readShown } from "@/lib/core/shown/read-shown";
import { type ActionResult, failureDigest } from "./action-result";
import { inTime } from "./in-time";
import { refuse } from "./refusal";
import { currentPath, pageRequestId } from "./request";
import { consoleContext } from "./runtime";
import { countReadOf, operatorActor, pageSession } from "./session";

/** What Next hands a page of its address's query. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A part of a page's path as it was meant. A malformed escape is taken as it is, and finds nothing. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What a page that was let in may use. */
export interface PageAccess {
  readonly context: Context;
  readonly actor: Operator;
  readonly sessionId: string;
}

export interface EnvironmentPageAccess extends PageAccess {
  readonly environment: EnvironmentRef;
  /** Production on the free plan: shown, and every change is refused. */
  readonly closed: boolean;
}

const SIGN_IN_REASONS = {
  none: null,
  signed_out: "signed-out",
  idle: "idle",
  expired: "expired",
  disabled: "disabled",
} as const;

const findEnvironmentOnce = cache(async (app: string, env: string) =>
  namedEnvironment(await consoleContext(), app, env),
);

/** The signed-in operator, or null. Never redirects: for the sign-in page and for what shows with or without one. */
export async function currentOperator(): Promise<Operator | null> {
  const session = await pageSession();
  return session.active ? operatorActor(session, pageRequestId(), null) : null;
}

/**
 * What a page cannot be shown without. A failure gets a digest that names its code and request id: of an error in a page, Next
 * tells the browser nothing else (`FailedPage` reads it).
 */
async function needed<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await inTime(read);
  } catch (thrown) {
    unstable_rethrow(thrown);
    const { code } = asRefusal(thrown);
    throw Object.assign(thrown instanceof Error ? thrown : new Error(String(thrown)), {
      digest: failureDigest(code, pageRequestId()),
    });
  }
}

/** Layout and page are one read. */
const countPage = cache(countReadOf);

/** Signed in, or sent to the sign-in page, which leads back here. */
async function signedIn(
  environment: (() => Promise<EnvironmentRef>) | null,
  withoutFactor = false,
): Promise<PageAccess> {
  const session = await needed(pageSession);
  if (!session.active) {
    const query = new URLSearchParams({ next: await currentPath() });
    const reason = SIGN_IN_REASONS[session.reason];
    if (reason !== null) query.set("reason", reason);
    redirect(`/sign-in?${query}`);
  }
  if (session.factorMissing && !withoutFactor) {
    redirect(`/second-factor?${new URLSearchParams({ next: await currentPath() })}`);
  }
  await needed(() => countPage(session.sessionId));
  const found = environment === null ? null : await needed(environment);
  return {
    context: await consoleContext(),
    actor: await operatorActor(session, pageRequestId(), found),
    sessionId: session.sessionId,
  };
}

/** Shows the nearest `forbidden.tsx` (403) unless the operator's role allows it; the attempt is audited. */
async function allow(access: PageAccess, permission: Permission): Promise<void> {
  try {
    requirePermission(access.actor, permission);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { context, actor } = access;
    await refuse(context, { door: "page", requestId: actor.requestId, actor, permission }, error);
    forbidden();
  }
}

/**
 * The door of every page below `/apps/[app]/[env]`; layout and page may both call it, the queries are made once a
 * request. Not signed in: redirects to the sign-in page. No such app or environment: `notFound()`. Role too low: the
 * nearest `forbidden.tsx`.
 */
export async function pageActor(
  params: { app: string; env: string },
  permission: Permission,
): Promise<EnvironmentPageAccess> {
  let environment: EnvironmentRef | null = null;
  const access = await signedIn(async () => {
    environment = await findEnvironmentOnce(params.app, params.env);
    return environment ?? notFound();
  });
  if (environment === null || !reaches(access.actor, environment)) notFound();
  await allow(access, permission);
  return { ...access, context: contextIn(access.context, environment), environment, closed: isClosed(environment) };
}

/** The door of pages about the installation itself: `/apps`, `/operators`, the own account. */
export async function installationPage(permission: Permission): Promise<PageAccess> {
  const access = await signedIn(null);
  await allow(access, permission);
  return access;
}

/** The door of pages that every operator has, such as the own account. */
export function operatorPage(): Promise<PageAccess> {
  return signedIn(null);
}

/** The door of the page where a missing second factor is set up; null: it is not missing. */
export async function factorMissingPage(): Promise<PageAccess | null> {
  const access = await signedIn(null, true);
  const session = await pageSession();
  return session.active && session.factorMissing ? access : null;
}

/** Reads what the whole page stands on; a failure is said by the nearest `error.tsx`, by its code. */
export const readPage = needed;

/**
 * Reads something for a part of a page that shows its own error with code, request id and Retry. Redirects and
 * `notFound()` go through.
 */
export async function readForPage<T>(actor: Operator, read: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await inTime(read) };
  } catch (thrown) {
    unstable_rethrow(thrown);
    const context = await consoleContext();
    return { ok: false, error: await refuse(context, { door: "page", requestId: actor.requestId, actor }, thrown) };
  }
}

/** `readForPage` of what is only shown, and may come from a replica: see `readShown` for what that may be. */
export function showForPage<T>(
  context: Context,
  actor: Operator,
  read: (context: Context) => Promise<T>,
): Promise<ActionResult<T>> {
  return readForPage(actor, () => readShown(context, actor, read));
}

/**
 * Shows a list's rows after the place of its newest one, so that nothing that comes between is missed by "3 new users"; both from one
 * database and in the time of one read, so that one that does not answer is not waited for twice.
 */
export async function showWithNewest<T>(
  context: Context,
  actor: Operator,
  markNewest: (context: Context) => Promise<string>,
  read: (context: Context) => Promise<T>,
): Promise<{ page: ActionResult<T>; newest: string | null }> {
  const both = await showForPage(context, actor, async (shown) => {
    const newest = await markNewest(shown);
    return { newest, page: await read(shown) };
  });
  return both.ok
    ? { page: { ok: true, data: both.data.page }, newest: both.data.newest }
    : { page: both, newest: null };
}
