import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { EnvironmentRef, Operator, System } from "@/lib/core/actor";
import { namedEnvironment } from "@/lib/core/apps/named-environment";
import { isClosed } from "@/lib/core/apps/resolve-environment";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { requirePlain } from "@/lib/core/input/plain";
import { actingIn, type Permission, requirePermission } from "@/lib/core/permissions";
import type { ActionResult, ServerRefusal } from "./action-result";
import { notSignedIn, refuse } from "./refusal";
import { cameInClear } from "./request";
import { consoleContext, consoleRuntime } from "./runtime";
import { operatorActor, readSession, visitorActor } from "./session";

/** Which half of which app, as it stands in the page's address. */
const ScopeSchema = z.object({ app: z.string(), env: z.string() });
export type ActionScope = z.infer<typeof ScopeSchema>;

/** Input of an act of the console: what its page showed goes with it, so that the act meets nothing else. */
export type Seeing<Input extends { readonly seen?: unknown }> = Input & { readonly seen: NonNullable<Input["seen"]> };

interface Definition<I, A, R> {
  /**
   * A use case, or what calls one. `input` is whatever was sent: only the use case parses it (docs/decisions/0023), so hand
   * it on as it came and take nothing out of it.
   */
  readonly run: (context: Context, actor: A, input: I) => Promise<R>;
}

interface OperatorDefinition<I, R> extends Definition<I, Operator, R> {
  /** Null: every operator may (their own session, their own password). */
  readonly permission: Permission | null;
  /** Also for operators who have to set up a second factor before anything else. */
  readonly withoutFactor?: true;
  /** It changes nothing, so a closed Production may be looked at by it. */
  readonly reads?: true;
}

/**
 * One call of an action: session, role, use case, in this order, so that whoever may not do it learns nothing about what
 * it takes. Never throws for a refusal; redirects of Next go through.
 */
async function carryOut<A extends Operator | System, R>(
  permission: Permission | null,
  admit: (context: Context, requestId: string) => Promise<A>,
  run: (context: Context, actor: A) => Promise<R>,
): Promise<ActionResult<R, ServerRefusal>> {
  const context = await consoleContext();
  const requestId = newId.request();
  const started = performance.now();
  let actor: A | undefined;
  let result: ActionResult<R, ServerRefusal>;
  try {
    actor = await admit(context, requestId);
    if (permission !== null) requirePermission(actor, permission);
    result = { ok: true, data: await run(context, actor) };
  } catch (thrown) {
    unstable_rethrow(thrown);
    const attempt = { door: "action" as const, requestId, actor, ...(permission === null ? {} : { permission }) };
    result = { ok: false, error: await refuse(context, attempt, thrown) };
  }
  context.log.info(
    {
      requestId,
      permission,
      operator: actor?.kind === "operator" ? actor.operatorId : undefined,
      environment: actor?.environment?.id,
      code: result.ok ? "ok" : result.error.code,
      ms: Math.round(performance.now() - started),
    },
    "action",
  );
  return result;
}

async function admitOperator(
  requestId: string,
  environment: EnvironmentRef | null,
  withoutFactor = false,
): Promise<Operator> {
  const session = await readSession({ touch: true });
  if (!session.active) throw notSignedIn(session.reason);
  if (session.factorMissing && !withoutFactor) throw new AppError("second_factor_missing");
  return operatorActor(session, requestId, environment);
}

/**
 * A server action about one environment: `(scope, input) => Promise<ActionResult<R>>`, with `scope` from the page's
 * address. Checks session and role itself; refuses every change of a closed production.
 */
export function defineAction<R, I = void>(
  definition: OperatorDefinition<I, R>,
): (scope: ActionScope, input: I) => Promise<ActionResult<R>> {
  const { permission, run, reads } = definition;
  return async (scope, input) =>
    carryOut(
      permission,
      async (context, requestId) => {
        const operator = await admitOperator(requestId, null);
        const named = ScopeSchema.safeParse(scope);
        const environment = named.success ? await namedEnvironment(context, named.data.app, named.data.env) : null;
        if (environment === null) throw new AppError("not_found", { message: "There is no such environment." });
        return actingIn(operator, environment);
      },
      async (context, actor) => {
        if (!reads && actor.environment !== null && isClosed(actor.environment))
          throw new AppError("production_closed");
        return run(contextIn(context, actor.environment), actor, requirePlain(input));
      },
    );
}

/** A server action about the installation itself (apps, operators, the own account): `(input) => ActionResult<R>`. */
export function defineInstallationAction<R, I = void>(
  definition: OperatorDefinition<I, R>,
): (input: I) => Promise<ActionResult<R>> {
  const { permission, run, withoutFactor } = definition;
  return async (input) =>
    carryOut(
      permission,
      (_context, requestId) => admitOperator(requestId, null, withoutFactor),
      (context, actor) => run(context, actor, requirePlain(input)),
    );
}

/** Throws `forbidden` where a password would have come in clear: whoever is on the way may have read it. */
async function admitVisitor(requestId: string): Promise<System> {
  const { PUBLIC_CONSOLE_URL: url } = (await consoleRuntime()).env;
  if (!cameInClear(await headers(), url)) return visitorActor(requestId);
  throw new AppError("forbidden", { message: `Passwords are taken over https only. Open the console at ${url}.` });
}

/** A server action for people who are not signed in: signing in, first set-up, accepting an invitation. */
export function definePublicAction<R, I>({
  run,
}: Definition<I, System, R>): (input: I) => Promise<ActionResult<R, ServerRefusal>> {
  return async (input) =>
    carryOut(
      null,
      (_context, requestId) => admitVisitor(requestId),
      (context, actor) => run(context, actor, requirePlain(input)),
    );
}
