import type { NextAuthOptions } from "next-auth";
import { nextPath } from "./next-path";
import { consoleRuntime } from "./runtime";
import { cookieName, cookieOptions, SESSION_MAX_AGE, sessionSecret } from "./session-cookie";

/**
 * NextAuth for this installation: a cookie that holds the session's id and nothing else, and only paths of this console to go on to.
 * Nothing is taken from NEXTAUTH_URL or NEXTAUTH_SECRET.
 */
export async function authOptions(providers: NextAuthOptions["providers"]): Promise<NextAuthOptions> {
  const { context, env } = await consoleRuntime();
  const options = cookieOptions(env);
  return {
    secret: sessionSecret(context.secrets),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE },
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: { name: cookieName(env, "session"), options },
      callbackUrl: { name: cookieName(env, "callback-url"), options },
      csrfToken: { name: cookieName(env, "csrf"), options },
      state: { name: cookieName(env, "state"), options },
      nonce: { name: cookieName(env, "nonce"), options },
      pkceCodeVerifier: { name: cookieName(env, "pkce"), options },
    },
    providers,
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }),
      redirect: ({ url }) => nextPath(url),
    },
    logger: {
      // What an issuer has answered, tokens and all, hangs on the errors: their words alone are written down.
      error: (code, metadata) => context.log.warn({ code, reason: reasonOf(metadata) }, "next-auth"),
      warn: (code) => context.log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

function reasonOf(metadata: unknown): string {
  const { error, message } = (metadata ?? {}) as { readonly error?: unknown; readonly message?: unknown };
  const said = error instanceof Error ? error.message : message;
  return typeof said === "string" ? said.slice(0, 500) : "";
}
