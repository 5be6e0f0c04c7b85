import { headers } from "next/headers";
import { cache } from "react";
import { newId } from "@/lib/core/ids";
import { NONCE_HEADER } from "@/lib/http/browser-policy";
import { ipAddress } from "@/lib/http/client-address";
import { isLoopbackHost } from "@/lib/http/known-hosts";

/** One id for everything that a page's request does. Actions and endpoints make their own. */
export const pageRequestId = cache(() => newId.request());

export interface Caller {
  /** "" when it is not known. */
  readonly ip: string;
  readonly userAgent: string;
}

/** Who sends this request. Of X-Forwarded-For the console's HTTP server has left the client's address alone (`setForwarded`). */
export function callerOf(from: Headers): Caller {
  return { ip: ipAddress(from.get("x-forwarded-for") ?? ""), userAgent: from.get("user-agent") ?? "" };
}

/**
 * Whether a request came unencrypted although the console's address is https: by what the page says that sent it, or by what a
 * trusted proxy says. What stays on one machine does not count.
 */
export function cameInClear(from: Headers, consoleUrl: string): boolean {
  if (!consoleUrl.startsWith("https:")) return false;
  const origin = from.get("origin") ?? "";
  if (origin.startsWith("http:") && !isLoopbackHost(origin.slice("http://".length))) return true;
  return from.get("x-forwarded-proto") === "http" && !isLoopbackHost(from.get("host") ?? "");
}

/** Header in which `proxy.ts` hands the address of the page (path and query) to the pages. */
export const PATH_HEADER = "x-console-path";

/** Path and query of the page being rendered, "/" when unknown. */
export async function currentPath(): Promise<string> {
  return (await headers()).get(PATH_HEADER) ?? "/";
}

/** The nonce that the policy of this answer allows inline scripts; undefined behind another server than `server/console.ts`. */
export async function pageNonce(): Promise<string | undefined> {
  return (await headers()).get(NONCE_HEADER) ?? undefined;
}
