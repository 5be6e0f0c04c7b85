import { decode, encode } from "next-auth/jwt";
import { SESSION_MAX_DAYS_MOST } from "@/lib/core/operators/schema";
import type { SecretBox } from "@/lib/core/secrets";
import type { Env } from "@/lib/env";

/** Seconds. The row in `sessions` may end earlier; the cookie never outlives it. */
export const SESSION_MAX_AGE = SESSION_MAX_DAYS_MOST * 86_400;

export type CookieSettings = Pick<Env, "CONSOLE_PORT" | "PUBLIC_CONSOLE_URL">;

const isSecure = (settings: CookieSettings) => settings.PUBLIC_CONSOLE_URL.startsWith("https:");

/** What a cookie of the console is for; the last five belong to a sign-in that is under way. */
type CookieUse = "session" | "csrf" | "callback-url" | "browser" | "state" | "nonce" | "pkce" | "at-issuer" | "step";

/** The browser's own cookie says for a year that somebody has signed in here; it signs nobody in. Seconds. */
export const BROWSER_MAX_AGE = 365 * 86_400;

/**
 * Cookies are shared by all ports of a host, so the port is part of each name: two installations on one machine do not
 * sign each other out.
 */
export function cookieName(settings: CookieSettings, what: CookieUse): string {
  return `${isSecure(settings) ? "__Host-" : ""}im-${what}-${settings.CONSOLE_PORT}`;
}

export function cookieOptions(settings: CookieSettings) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(settings) } as const;
}

/** Follows from the master key, so that every process that has it reads the same cookies. */
export function sessionSecret(secrets: SecretBox): string {
  return secrets.derive("nextauth");
}

/** What NextAuth puts into the session cookie of somebody who signs in. */
export function sealSessionId(secrets: SecretBox, sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: sessionSecret(secrets), maxAge: SESSION_MAX_AGE });
}

/** The session's id, or null when the cookie is missing, out of date, or was not made by this installation. */
export async function openSessionId(secrets: SecretBox, cookie: string | undefined): Promise<string | null> {
  if (cookie === undefined || cookie === "") return null;
  try {
    const token = await decode({ token: cookie, secret: sessionSecret(secrets) });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    // Not a token of ours: whoever sends it is simply not signed in.
    return null;
  }
}
