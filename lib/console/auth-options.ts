import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { checkSession } from "@/lib/core/operators/check-session";
import { signIn } from "@/lib/core/operators/sign-in";
import { signOut } from "@/lib/core/operators/sign-out";
import { refuse } from "./refusal";
import { callerOf } from "./request";
import { consoleRuntime } from "./runtime";
import { operatorActor, visitorActor } from "./session";
import { cookieName, cookieOptions, SESSION_MAX_AGE, sessionSecret } from "./session-cookie";

/**
 * NextAuth for this installation: one Credentials provider on the core's `signIn`, the same cookie as the console's own
 * sign-in action, and a token that holds only the session's id. Nothing is taken from NEXTAUTH_URL or NEXTAUTH_SECRET.
 */
export async function authOptions(): Promise<NextAuthOptions> {
  const { context, env } = await consoleRuntime();
  const options = cookieOptions(env);
  return {
    secret: sessionSecret(context.secrets),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: { name: cookieName(env, "session"), options },
      callbackUrl: { name: cookieName(env, "callback-url"), options },
      csrfToken: { name: cookieName(env, "csrf"), options },
    },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(given) {
          const actor = await visitorActor();
          try {
            const { userAgent } = callerOf(await headers());
            const { email = "", password = "" } = given ?? {};
            const signedIn = await signIn(context, actor, { email, password, userAgent });
            return { id: signedIn.sessionId };
          } catch (thrown) {
            // NextAuth hands the message of this error to the sign-in page, and nothing else.
            const error = await refuse(context, { door: "action", requestId: actor.requestId }, thrown);
            throw new AppError(error.code, { message: error.message, cause: thrown });
          }
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        const sid = user?.id ?? token.sid;
        if (sid === undefined) throw new Error("a token without a session");
        const session = await checkSession(context, sid, { touch: false });
        // NextAuth removes the cookie when this throws.
        if (!session.active) throw new Error(`the session has ended: ${session.reason}`);
        return { sid };
      },
      // What the browser may read about its session: when it ends, nothing more.
      session: ({ session }) => ({ expires: session.expires }),
      async redirect({ url }) {
        const host = (await headers()).get("host") ?? new URL(env.PUBLIC_CONSOLE_URL).host;
        const base = new URL(`${options.secure ? "https" : "http"}://${host}`);
        const target = URL.canParse(url, base) ? new URL(url, base) : base;
        return target.host === base.host ? target.href : base.href;
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid !== "string") return;
        const session = await checkSession(context, token.sid, { touch: false });
        if (!session.active) return;
        await signOut(context, await operatorActor(session, newId.request(), null), { sessionId: session.sessionId });
      },
    },
    logger: {
      error(code, metadata) {
        // An ended session or a cookie of somebody else's: every day's work.
        context.log[code === "JWT_SESSION_ERROR" ? "debug" : "warn"]({ code, metadata }, "next-auth");
      },
      warn: (code) => context.log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
