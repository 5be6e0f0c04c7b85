import type { AppServer, EnvironmentRef } from "@/lib/core/actor";
import { environmentDirectory } from "@/lib/core/apps/environment-directory";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import { createRefusedRequests } from "@/lib/core/quota/refused-requests";
import { asRefusal } from "@/lib/core/refusal";
import { requireRoom } from "@/lib/core/room/need-room";
import { noteSecurityEvent } from "@/lib/core/security-events/note-event";
import { createPostgresRateLimiter } from "@/lib/rate-limit/postgres-rate-limit";
import { noRateLimit } from "@/lib/rate-limit/rate-limit";
import { authenticate, readCredentials } from "./authenticate";
import { readJsonObject } from "./body";
import type { ApiAnswer, ApiCall } from "./call";
import { callHeaders } from "./call-headers";
import type { CallHeaders, Endpoint, ParsedCall } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { failure, success } from "./envelope";
import { fetchCall, toResponse } from "./fetch-adapter";
import { OPENAPI_PATH, openApiDocument } from "./openapi";
import { createReplayGuard, noReplayGuard } from "./replay-guard";
import { requestIdFrom } from "./request-id";
import { createRequestLog } from "./request-log";

export interface ServerApiSettings {
  readonly replayProtection: boolean;
  readonly rateLimits: boolean;
  /** 0: timestamps are not checked. */
  readonly timestampToleranceSeconds: number;
  /** Whether an answer that breaks its own schema fails the call (tests) or is logged and sent all the same. */
  readonly strictAnswers: boolean;
  /** Where app servers reach this API, without a trailing slash. */
  readonly publicUrl: string;
  /** Where operators reach the console, without a trailing slash. */
  readonly consoleUrl: string;
}

export interface ServerApi {
  /** Answers a request however it arrived. Never rejects. */
  answer(call: ApiCall): Promise<ApiAnswer>;
  /** The same for a fetch-style request. */
  fetch(request: Request, info?: { readonly ip?: string }): Promise<Response>;
  /** Forgets nonces that have passed; gives how many. To be called from time to time by one of the processes or all. */
  sweep(): Promise<number>;
  /** Writes what was counted and is not written yet. To be called before the process ends. */
  close(): Promise<void>;
}

/** One answered request, for whoever counts them. */
export interface AnsweredCall {
  /** The endpoint's own path, "other" for everything that is none: a bounded number of names. */
  readonly endpoint: string;
  /** `code` of the envelope. */
  readonly code: number;
  readonly ms: number;
}

/**
 * The signed Server API (contract sections 1 to 4) with its endpoints, over one context. `onAnswer` is told of every
 * request once its answer stands.
 */
export function createServerApi(
  context: Context,
  settings: ServerApiSettings,
  onAnswer?: (call: AnsweredCall) => void,
): ServerApi {
  const directory = environmentDirectory(context);
  const toleranceMs = settings.timestampToleranceSeconds * 1000;
  const replay = settings.replayProtection ? createReplayGuard(context, toleranceMs) : noReplayGuard;
  const limiter = settings.rateLimits ? createPostgresRateLimiter(context.db, context.now) : noRateLimit;
  const refused = createRefusedRequests(context);
  const { log } = context;
  const logRequest = createRequestLog(log);
  const endpoints = new Map<string, Endpoint>(
    ENDPOINTS.flatMap((endpoint) => [endpoint.path, ...endpoint.aliases].map((path) => [path, endpoint] as const)),
  );

  /** The order of checks of contract section 1.2. */
  const carryOut = async (call: ApiCall, requestId: string, headers: CallHeaders): Promise<unknown> => {
    const credentials = readCredentials(call);
    const entry = await directory.find(credentials.appKey);
    const { ref } = authenticate(entry, credentials, context.now(), toleranceMs, (wronged) =>
      noteWrongSignature(context, wronged.ref, call.ip),
    );
    const actor: AppServer = { kind: "app_server", source: "server_api", requestId, ip: call.ip, environment: ref };
    const endpoint = endpoints.get(call.path);
    // Before its nonce is stored, which takes room too.
    if (endpoint?.effect === "write") requireRoom(context, actor);
    const claim = replay.claim(ref.id, credentials, endpoint?.effect === "read");
    // One that this process has seen costs neither a query nor a place in a rate window.
    if (claim === false) throw replayed();
    if (endpoint === undefined || endpoint.effect === "write") {
      if (!(await claim)) throw replayed();
      if (endpoint === undefined) throw new AppError("path_unknown");
      return await finish(endpoint, { parsed: await admit(call, endpoint, actor) }, actor, headers);
    }
    // Beside the claim. A replay is refused first, whatever the reading came to; so its failure is told below or not at all.
    const reading =
      endpoint.effect === "read" ? read(call, endpoint, actor, headers) : readAhead(call, endpoint, actor);
    reading.catch(() => {});
    if (!(await claim)) throw replayed();
    const outcome = await reading;
    return "result" in outcome ? outcome.result : await finish(endpoint, outcome, actor, headers);
  };

  const read = async (call: ApiCall, endpoint: Endpoint, actor: AppServer, headers: CallHeaders) => {
    const parsed = await admit(call, endpoint, actor);
    return { result: await finish(endpoint, { parsed }, actor, headers) };
  };

  const readAhead = async (call: ApiCall, endpoint: Endpoint, actor: AppServer) => {
    const parsed = await admit(call, endpoint, actor);
    return { parsed, ahead: await parsed.readAhead(contextIn(context, actor.environment), actor) };
  };

  /** Everything that may refuse a call before it is carried out. */
  const admit = async (call: ApiCall, endpoint: Endpoint, actor: AppServer): Promise<ParsedCall> => {
    if (call.method !== "POST") throw new AppError("method_not_allowed");
    const key = { environmentId: actor.environment.id, endpoint: endpoint.path, windowMs: endpoint.windowMs };
    if (!(await limiter.admit(key, endpoint.limit))) throw overLimit(endpoint, actor);
    const parsed = endpoint.parse(await readJsonObject(call, endpoint.bodyLimitBytes));
    // The call itself has been counted; what it asks for is known only now.
    const further = parsed.cost - 1;
    if (further > 0 && !(await limiter.admit(key, endpoint.limit, further))) throw overLimit(endpoint, actor);
    return parsed;
  };

  const overLimit = (endpoint: Endpoint, actor: AppServer): AppError => {
    refused.count(actor.environment.id, endpoint.path);
    return new AppError("rate_limited", { retryAfterMs: endpoint.windowMs - (context.now() % endpoint.windowMs) });
  };

  const finish = async (
    endpoint: Endpoint,
    { parsed, ahead }: { readonly parsed: ParsedCall; readonly ahead?: unknown },
    actor: AppServer,
    headers: CallHeaders,
  ): Promise<unknown> => {
    const own = contextIn(context, actor.environment);
    const result = await parsed.run(own, actor, headers, ahead).catch((error: unknown) => {
      throw isQuotaReached(error) ? withWhereSeatsAreFreed(error, actor) : error;
    });
    checkAnswer(endpoint, result);
    return result;
  };

  /** The refusal with the address of the page that shows who holds the seats. */
  const withWhereSeatsAreFreed = (error: AppError, { environment: { appId, name } }: AppServer): AppError =>
    new AppError(error.code, { message: `${error.message} ${settings.consoleUrl}/apps/${appId}/${name}/quotas` });

  /** What goes out is held to its schema as strictly as what comes in. */
  const checkAnswer = (endpoint: Endpoint, result: unknown): void => {
    if (endpoint.output === null) return;
    const checked = endpoint.output.safeParse(result);
    if (checked.success) return;
    if (settings.strictAnswers)
      throw new Error(`${endpoint.path} answers what its schema refuses`, { cause: checked.error });
    log.error({ endpoint: endpoint.path, err: checked.error }, "server api: an answer breaks its schema");
  };

  let description: string | undefined;
  /** The description of the API itself: no secret, and read by tools that cannot sign. */
  const describeItself = (): ApiAnswer => {
    description ??= JSON.stringify(openApiDocument(settings.publicUrl));
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      "access-control-allow-origin": "*",
    };
    return { status: 200, headers, body: description };
  };

  const answer = async (call: ApiCall): Promise<ApiAnswer> => {
    if (call.path === OPENAPI_PATH && call.method === "GET") return describeItself();
    const started = performance.now();
    const requestId = requestIdFrom(call.header("x-request-id"));
    let refusal: AppError | undefined;
    let result: unknown;
    const headers = callHeaders(call);
    try {
      result = await carryOut(call, requestId, headers);
    } catch (thrown) {
      refusal = asRefusal(thrown);
    }
    const ms = performance.now() - started;
    const code = refusal === undefined ? 0 : ERRORS[refusal.code].wireCode;
    logRequest(call, { requestId, code, ms, refusal });
    onAnswer?.({ endpoint: endpoints.get(call.path)?.path ?? "other", code, ms });
    return refusal === undefined
      ? success(requestId, result, headers.answered)
      : failure(requestId, call.path, refusal);
  };

  return {
    answer,
    fetch: async (request, info) => toResponse(await answer(fetchCall(request, info?.ip ?? ""))),
    sweep: () => replay.sweep(),
    close: () => refused.flush(),
  };
}

function noteWrongSignature(context: Context, environment: EnvironmentRef, ip: string): void {
  const { id, appKey, appName, name } = environment;
  noteSecurityEvent(context, {
    action: "security.wrong_signatures",
    environmentId: id,
    target: { kind: "environment", id: appKey, name: `${appName} ${name}` },
    from: { ip, source: "server_api" },
  });
}

const isQuotaReached = (error: unknown): error is AppError => asRefusal(error).code === "user_quota_reached";

const replayed = () => new AppError("signature_invalid", { message: "This Nonce and Timestamp were used before." });
