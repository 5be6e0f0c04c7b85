import type { IncomingMessage } from "node:http";
import type { KnownHosts } from "./known-hosts";

/** Why a request goes no further. */
export interface HttpRefusal {
  readonly status: number;
  /** One line for whoever sent it. */
  readonly text: string;
  /** With 429 and 503: after how many seconds to try again. */
  readonly retryAfterSeconds?: number;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Of the answer to any other method. */
export const ALLOW = [...METHODS].join(", ");

const HEALTH: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/readyz?changes"]);

/** Asked for by load balancers and supervisors, by whatever name they reach this process; they tell nothing else. */
export const isHealth = (url: string): boolean => HEALTH.has(url);

export const WRONG_METHOD: HttpRefusal = {
  status: 405,
  text: "This method is not one of those that are answered here.",
};
const NO_PATH: HttpRefusal = { status: 400, text: "A request names a path, which begins with a slash." };
const UNREADABLE: HttpRefusal = {
  status: 400,
  text: "The path of this address is no text. Ask for the link again, or begin at the console's start page.",
};
const NOT_ONE_HOST: HttpRefusal = { status: 400, text: "A request names one Host." };
const UNKNOWN_HOST: HttpRefusal = {
  status: 421,
  text:
    "This installation does not go by the name in the request's Host. Set PUBLIC_CONSOLE_URL and PUBLIC_API_URL to the " +
    "addresses that people and app servers use, or add the name to ALLOWED_HOSTS.",
};

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts;
}

/** Bytes that are no text are nobody's id; whatever decodes a path further in could only fail at them. */
function isReadable(url: string): boolean {
  if (!url.includes("%")) return true;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** What every request must be before anything looks at it: the refusal, or null. */
export function refusalOf(request: IncomingMessage, hosts: KnownHosts): HttpRefusal | null {
  const { method = "", url = "" } = request;
  if (!METHODS.has(method)) return WRONG_METHOD;
  // As a client of a proxy would ask; the host that it names is another one than Host may say.
  if (!url.startsWith("/")) return NO_PATH;
  if (!isReadable(url)) return UNREADABLE;
  if (isHealth(url)) return null;
  if (countHosts(request.rawHeaders) !== 1) return NOT_ONE_HOST;
  return hosts.includes(request.headers.host, request.socket) ? null : UNKNOWN_HOST;
}
