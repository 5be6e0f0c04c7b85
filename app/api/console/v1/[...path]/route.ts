import { callerOf } from "@/lib/console/request";
import { consoleRuntime } from "@/lib/console/runtime";
import { cookieName, sealSessionId } from "@/lib/console/session-cookie";
import { answerConsoleApi } from "@/lib/console-api/answer";
import { byToken } from "@/lib/console-api/by-token";
import { fetchCall, toResponse } from "@/lib/server-api/fetch-adapter";

/** The console's HTTP API, for programs with an operator's token. Cookies count for nothing here. */
async function answer(request: Request): Promise<Response> {
  const { context, env } = await consoleRuntime();
  const { ip } = callerOf(request.headers);
  const call = { ...fetchCall(request, ip), query: new URL(request.url).search.slice(1) };
  return toResponse(
    await answerConsoleApi(context, call, byToken(context, call), {
      consoleUrl: env.PUBLIC_CONSOLE_URL,
      apiUrl: env.PUBLIC_API_URL,
      sessionCookie: async (sessionId) => ({
        name: cookieName(env, "session"),
        value: await sealSessionId(context.secrets, sessionId),
      }),
    }),
  );
}

export const dynamic = "force-dynamic";
export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
