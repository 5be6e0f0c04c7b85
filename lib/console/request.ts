import { isIP } from "node:net";
import { headers } from "next/headers";
import { cache } from "react";
import { newId } from "@/lib/core/ids";

/** One id for everything that a page's request does. Actions and endpoints make their own. */
export const pageRequestId = cache(() => newId.request());

export interface Caller {
  /** "" when it is not known. */
  readonly ip: string;
  readonly userAgent: string;
}

/**
 * Who sends this request. The address is the last entry of X-Forwarded-For: what the nearest proxy saw, or Next itself
 * when there is none; entries before it are the caller's own claims.
 */
export function callerOf(from: Headers): Caller {
  const last = from.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return { ip: isIP(last) === 0 ? "" : last.replace(/^::ffff:/, ""), userAgent: from.get("user-agent") ?? "" };
}

/** Header in which `proxy.ts` hands the address of the page (path and query) to the pages. */
export const PATH_HEADER = "x-console-path";

/** Path and query of the page being rendered, "/" when unknown. */
export async function currentPath(): Promise<string> {
  return (await headers()).get(PATH_HEADER) ?? "/";
}
