import type { Actor, EnvironmentRef } from "@/lib/core/actor";
import { namedEnvironment } from "@/lib/core/apps/named-environment";
import { EnvironmentNameSchema } from "@/lib/core/apps/schema";
import { recordRefusal } from "@/lib/core/audit/record-refusal";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS, type ErrorCode } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { requirePermission } from "@/lib/core/permissions";
import { asRefusal } from "@/lib/core/refusal";
import { retryAfter } from "@/lib/core/retry-after";
import { readJsonObject } from "@/lib/server-api/body";
import type { ApiAnswer, ApiCall } from "@/lib/server-api/call";
import type { Addresses, Caller, ConsoleCall } from "./call";
import { CALLS } from "./calls";
import { consoleApiDocument, DOCUMENT_PATH } from "./openapi";

/** Where the API stands on the console. */
export const CONSOLE_API_PATH = "/api/console/v1";

const BODY_LIMIT = 1_048_576;

/** Finds out who calls; rejects with `not_signed_in`. `environment` is what the call is about. */
export type Identify = (call: { requestId: string }) => Promise<(environment: EnvironmentRef | null) => Caller>;

/** `query` is the query string of the address, without "?". */
export interface ConsoleApiRequest extends ApiCall {
  readonly query: string;
}

/**
 * The console's HTTP API, for the command line and CI: the use cases of the console, by the same rules. Deleting and changing do
 * not exist for a production environment. Answers JSON; a refusal is `{error: {code, message, requestId, field?}}`. Never rejects.
 */
export async function answerConsoleApi(
  context: Context,
  request: ConsoleApiRequest,
  identify: Identify,
  addresses: Addresses,
): Promise<ApiAnswer> {
  const requestId = newId.request();
  const started = performance.now();
  let actor: Actor | undefined;
  let found: Found | undefined;
  let code: ErrorCode | "ok" = "ok";
  let answer: ApiAnswer;
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Request-ID": requestId };
  try {
    const path = request.path.slice(CONSOLE_API_PATH.length);
    if (request.method === "GET" && path === DOCUMENT_PATH) {
      return { status: 200, headers, body: JSON.stringify(consoleApiDocument(addresses.consoleUrl)) };
    }
    const callerFor = await identify({ requestId });
    actor = callerFor(null).actor;
    found = findCall(request.method, path);
    const { call, params } = found;
    const environment = await environmentOf(context, call, params, callerFor(null).appId);
    const caller = callerFor(environment);
    actor = caller.actor;
    if (call.permission !== null) requirePermission(actor, call.permission);
    // The command line on its own installation is no token: what it may do in production, its use cases say.
    const fenced = call.environments === "development" && actor.kind === "operator";
    if (fenced && environment !== null && environment.name !== "development") {
      throw new AppError("development_only");
    }
    const input =
      call.method === "POST" || call.method === "PATCH"
        ? await readJsonObject(request, BODY_LIMIT)
        : queryOf(request.query);
    const data = await call.run(contextIn(context, environment), actor, { params, input, caller, addresses });
    answer = { status: call.status ?? 200, headers, body: JSON.stringify(data ?? {}) };
  } catch (thrown) {
    const error = asRefusal(thrown, "at-field");
    code = error.code;
    const call = found?.call;
    if (!ERRORS[code].expected) {
      const fault = { err: error.cause ?? error, requestId, call: call?.operationId };
      context.log.error(fault, `console api: ${code}`);
    }
    await recordRefusal(context, { actor, permission: call?.permission ?? undefined }, error);
    const { message, field } = error;
    answer = {
      status: ERRORS[error.code].status,
      headers: {
        ...headers,
        ...(error.code === "not_signed_in" ? { "WWW-Authenticate": "Bearer" } : {}),
        ...retryAfter(error),
      },
      body: JSON.stringify({ error: { code, message, requestId, ...(field ? { field } : {}) } }),
    };
  }
  context.log.info(
    {
      requestId,
      call: found?.call.operationId,
      operator: actor?.kind === "operator" ? actor.operatorId : undefined,
      token: actor?.kind === "operator" ? actor.token?.id : undefined,
      environment: actor?.environment?.id,
      code,
      ms: Math.round(performance.now() - started),
    },
    "console api",
  );
  return answer;
}

function queryOf(query: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) if (!Object.hasOwn(values, name)) values[name] = value;
  return values;
}

interface Found {
  readonly call: ConsoleCall;
  readonly params: Record<string, string>;
}

const ROUTES = CALLS.map((call) => ({ call, parts: call.path.slice(1).split("/") }));

/** Throws `path_unknown`, and `method_not_allowed` where the path has other methods. */
function findCall(method: string, path: string): Found {
  const asked = path.replace(/^\//, "").replace(/\/$/, "").split("/");
  const others = new Set<string>();
  for (const { call, parts } of ROUTES) {
    const params = match(parts, asked);
    if (params === null) continue;
    if (call.method === method) return { call, params };
    others.add(call.method);
  }
  if (others.size === 0) throw new AppError("path_unknown", { message: "There is no such call." });
  throw new AppError("method_not_allowed", { message: `Use ${[...others].sort().join(" or ")}.` });
}

function match(parts: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (parts.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const sent = asked[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== sent) return null;
      continue;
    }
    const value = decoded(sent);
    if (value === "") return null;
    params[part.slice(1, -1)] = value;
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** The environment that the address names. A token for another app learns no more than that there is none. */
async function environmentOf(
  context: Context,
  call: ConsoleCall,
  { app, env }: Record<string, string>,
  onlyApp: string | null,
): Promise<EnvironmentRef | null> {
  if (app === undefined) return null;
  const none = () => new AppError("not_found", { message: `There is no app with the ID ${app}.` });
  if (onlyApp !== null && onlyApp !== app) throw none();
  if (!call.path.includes("{env}")) return null;
  const name = EnvironmentNameSchema.safeParse(env);
  if (!name.success) throw new AppError("not_found", { message: "The environment is development or production." });
  const found = await namedEnvironment(context, app, name.data);
  if (found !== null) return found;
  if (name.data === "production") throw new AppError("not_found", { message: `Production of ${app} is not open.` });
  throw none();
}
