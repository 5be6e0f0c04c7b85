import type { Operator } from "@/lib/core/actor";
import { namedEnvironment } from "@/lib/core/apps/named-environment";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { type Permission, requirePermission } from "@/lib/core/permissions";
import { readShown } from "@/lib/core/shown/read-shown";
import { CONSOLE_VERSION, VERSION_HEADER } from "./console-version";
import { inTime } from "./in-time";
import { notSignedIn, refusalResponse, refuse } from "./refusal";
import { consoleContext } from "./runtime";
import { countReadOf, operatorActor, readSession } from "./session";

type Params = Record<string, string>;

interface Definition<I, R> {
  readonly permission: Permission;
  /**
   * A use case, or what calls one. `query`: the query string as it came, of a repeated name the first value; only the use
   * case parses it (docs/decisions/0023). `params`: the parts of the address, decoded, `app` and `env` among them.
   */
  readonly run: (context: Context, actor: Operator, query: I, params: Params) => Promise<R>;
  /** What it gives is only shown, and may come from a replica (`readShown`). */
  readonly shows?: true;
  /** A file that may take longer than what a screen waits for. */
  readonly download?: true;
}

const decoded = (params: Record<string, string | string[] | undefined>): Params =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (typeof value === "string" ? [[name, decodePart(value)]] : [])),
  );

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AppError("not_found");
  }
}

function firstValues(search: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of search) if (!Object.hasOwn(values, name)) values[name] = value;
  return values;
}

async function admit(context: Context, params: Params, requestId: string): Promise<Operator> {
  const session = await readSession({ touch: false });
  if (!session.active) throw notSignedIn(session.reason);
  if (session.factorMissing) throw new AppError("second_factor_missing");
  await countReadOf(session.sessionId);
  const environment = await namedEnvironment(context, params.app ?? "", params.env ?? "");
  if (environment === null) throw new AppError("not_found", { message: "There is no such environment." });
  return operatorActor(session, requestId, environment);
}

/**
 * A GET endpoint that a screen polls: `export const GET = defineEndpoint({...})` in
 * `app/api/apps/[app]/[env]/…/route.ts`. Answers JSON; a refusal is `{error: {code, message, requestId, field?}}` with the
 * status of the error table. Checks session and role itself. Polling does not keep a session alive.
 */
export function defineEndpoint<R, I>({ permission, run, shows, download }: Definition<I, R>) {
  return async (request: Request, route: { params: Promise<Params> }): Promise<Response> => {
    const requestId = newId.request();
    const headers = { "Cache-Control": "no-store", "X-Request-ID": requestId, [VERSION_HEADER]: CONSOLE_VERSION };
    let context: Context | undefined;
    let actor: Operator | undefined;
    try {
      const reached = await consoleContext();
      context = reached;
      const params = decoded(await route.params);
      actor = await inTime(() => admit(reached, params, requestId));
      requirePermission(actor, permission);
      const admitted = actor;
      const own = contextIn(reached, admitted.environment);
      const query = firstValues(new URL(request.url).searchParams) as I;
      const runOn = (on: Context) => run(on, admitted, query, params);
      const read = () => (shows ? readShown(own, admitted, runOn) : runOn(own));
      const data = await (download ? read() : inTime(read));
      // A download brings its own headers.
      return data instanceof Response ? data : Response.json(data ?? null, { headers });
    } catch (thrown) {
      // Without a context there is no log either: the database is away, and Next logs what escapes.
      if (context === undefined) throw thrown;
      const error = await refuse(context, { door: "endpoint", requestId, permission, actor }, thrown);
      return refusalResponse(error, headers);
    }
  };
}
