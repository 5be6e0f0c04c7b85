import { answerConsoleApi, CONSOLE_API_PATH } from "@/lib/console-api/answer";
import type { Runtime } from "@/lib/runtime";
import { systemActor } from "../installation/first-run";
import { type ConsoleClient, readAnswer } from "./console-client";

/** The API of this installation, in this process: as the command line, without a token. */
export function ownConsole({ context, env }: Runtime): ConsoleClient {
  return {
    async call(method, path, body) {
      const [pathname = "", query = ""] = path.split("?", 2);
      const bytes = Buffer.from(body === undefined ? "" : JSON.stringify(body));
      const { status, body: text } = await answerConsoleApi(
        context,
        {
          method,
          path: `${CONSOLE_API_PATH}${pathname}`,
          query,
          header: (name) => (name === "content-type" ? "application/json" : null),
          readBody: async (limit) => (bytes.length > limit ? null : bytes),
          ip: "",
        },
        async ({ requestId }) =>
          (environment) => ({
            actor: { ...systemActor("cli"), requestId, environment },
            appId: null,
            expiresAt: null,
          }),
        { consoleUrl: env.PUBLIC_CONSOLE_URL, apiUrl: env.PUBLIC_API_URL },
      );
      return readAnswer(status, text, "This installation");
    },
  };
}
