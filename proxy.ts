import { type NextRequest, NextResponse } from "next/server";
import { BROWSER_NAMES } from "@/lib/console/browser-names";

/**
 * Hands each page its own address, which Next does not tell server components: the sign-in page leads back to it. What
 * only the browser reads of it stands in the header alone. The header's name is `PATH_HEADER` of lib/console/request.ts; what a client sends under it is overwritten. Nothing is
 * decided here: every page and every action checks session and role itself.
 */
export function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const headers = new Headers(request.headers);
  const search = new URLSearchParams(request.nextUrl.searchParams);
  search.delete("_rsc");
  headers.set("x-console-path", `${pathname}${search.size > 0 ? `?${search}` : ""}`);
  if (!BROWSER_NAMES.some((name) => search.has(name))) return NextResponse.next({ request: { headers } });
  const url = request.nextUrl.clone();
  for (const name of BROWSER_NAMES) url.searchParams.delete(name);
  return NextResponse.rewrite(url, { request: { headers } });
}

// Pages.
export const config = { matcher: ["/((?!api/|v4/|_next/|healthz|readyz|icon).*)"] };
