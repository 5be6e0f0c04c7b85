import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { ActionResult } from "./action-result";
import { consoleRuntime } from "./runtime";
import { cookieName, cookieOptions, SESSION_MAX_AGE, sessionSecret } from "./session-cookie";

/** What the sign-in form sends, unread. */
export type Credentials = Partial<Record<"email" | "password" | "ticket" | "code" | "passkey", string>>;

/**
 * NextAuth for this installation: one Credentials provider, which asks `signIn`, and a cookie that holds the session's id
 * and nothing else. Nothing is taken from NEXTAUTH_URL or NEXTAUTH_SECRET.
 */
export async function authOptions(
  signIn: (given: Credentials) => Promise<ActionResult<{ sessionId: string }>>,
): Promise<NextAuthOptions> {
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
    },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: {
          email: { label: "E-mail", type: "email" },
          password: { label: "Password", type: "password" },
          ticket: { label: "Ticket of the first step", type: "hidden" },
          code: { label: "Code", type: "text" },
          passkey: { label: "Passkey", type: "hidden" },
        },
        async authorize(given) {
          const result = await signIn(given ?? {});
          return result.ok ? { id: result.data.sessionId } : null;
        },
      }),
    ],
    callbacks: { jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }) },
    logger: {
      error: (code, metadata) => context.log.warn({ code, metadata }, "next-auth"),
      warn: (code) => context.log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
