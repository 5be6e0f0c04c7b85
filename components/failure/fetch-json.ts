import type { ActionError } from "@/lib/console/action-result";
import { CONSOLE_VERSION, VERSION_HEADER } from "@/lib/console/console-version";
import { EndpointError } from "./endpoint-error";
import { failureOf } from "./failure";
import { noteNewVersion, noteReached } from "./reachability";
import { failureOfThrown } from "./unanswered";

/** Statuses that a proxy answers with in the place of a server that is away. */
const AWAY = new Set([502, 503, 504]);

/**
 * GETs JSON from the console's own endpoints. Throws `EndpointError` with the endpoint's code and request id, or with what
 * the browser knows when no answer came. Notices when another version of the console answers than the page's own.
 */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const online = navigator.onLine;
  let response: Response;
  try {
    response = await fetch(path, { signal, headers: { accept: "application/json" } });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new EndpointError(failureOfThrown(thrown, "read", online));
  }
  noteReached();
  const version = response.headers.get(VERSION_HEADER);
  const isOther = version !== null && version !== CONSOLE_VERSION;
  if (isOther) noteNewVersion();
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as T;
  throw new EndpointError(refusalIn(body) ?? unreadable(response.status, isOther));
}

function refusalIn(body: unknown): ActionError | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  return body.error as ActionError;
}

function unreadable(status: number, isOther: boolean): ActionError {
  const code = isOther ? "new_version" : AWAY.has(status) ? "server_unreachable" : "internal";
  const message = `The console answered with status ${status}.`;
  return { code, message: failureOf({ code, message }, "read").sentence, requestId: "" };
}
