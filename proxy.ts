import { type NextRequest, NextResponse } from "next/server";

/**
 * Hands each page its own address, which Next does not tell server components: the sign-in page leads back to it. The
 * header's name is `PATH_HEADER` of lib/console/request.ts; what a client sends under it is overwritten. Nothing is
 * decided here: every page and every action checks session and role itself.
 */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  const search = new URLSearchParams(request.nextUrl.searchParams);
  search.delete("_rsc");
  headers.set("x-console-path", `${request.nextUrl.pathname}${search.size > 0 ? `?${search}` : ""}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|v4/|_next/|healthz|readyz|icon).*)"] };
