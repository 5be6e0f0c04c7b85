import NextAuth, { type NextAuthOptions } from "next-auth";

/** A request for NextAuth: what of it counts, and nothing else. */
export interface AuthRequest {
  readonly method: string;
  /** What follows `/api/auth/`. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
}

export interface AuthAnswer {
  readonly status: number;
  readonly setCookies: readonly string[];
  /** Where it leads, for a page and for a script alike. */
  readonly location: string | null;
  readonly body: unknown;
}

/** Asks NextAuth by its handler for Node, which takes all that it looks at as arguments. */
export async function askNextAuth(asked: AuthRequest, options: NextAuthOptions): Promise<AuthAnswer> {
  const headers = new Map<string, string | string[]>();
  let status = 200;
  let body: unknown;
  const response = {
    status: (code: number) => {
      status = code;
      return response;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | string[]) => {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json: (sent: unknown) => {
      body = sent;
    },
    send: (sent: unknown) => {
      body = sent;
    },
    end: () => {},
  };
  const { method, path, query, body: form, cookies } = asked;
  const request = { method, query: { ...query, nextauth: [...path] }, body: form, cookies, headers: {} };
  await NextAuth(request as never, response as never, options);
  const setCookies = headers.get("set-cookie") ?? [];
  const told = typeof body === "object" && body !== null && "url" in body ? body.url : headers.get("location");
  return {
    status,
    setCookies: Array.isArray(setCookies) ? setCookies : [setCookies],
    location: typeof told === "string" ? told : null,
    body,
  };
}

/** The fields of a form, or of an object sent as JSON; of anything else none. */
export async function readFields(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get("content-type") ?? "";
  if (type.includes("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(await request.text()));
  }
  if (!type.includes("application/json")) return {};
  const sent: unknown = await request.json().catch(() => null);
  if (typeof sent !== "object" || sent === null) return {};
  return Object.fromEntries(
    Object.entries(sent).filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}

/** To a browser that has not sent back the cookie against forged requests. */
export const notOurCookie = (consoleUrl: string) =>
  `The browser did not send the console’s cookie back. Allow cookies, and open the console at ${consoleUrl}.`;
