import { CONSOLE_API_PATH } from "@/lib/console-api/answer";
import { UsageError } from "../commands/command";
import { Failure } from "../installation/failure";
import { type ConsoleClient, readAnswer } from "./console-client";

const LIMIT_MS = 60_000;

/** The address of a console as it was typed: scheme, host, and a path where the console stands below one. Throws `UsageError`. */
export function consoleAddress(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new UsageError(`"${text}" is no address of a console. Write it like https://console.example.com.`);
  }
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

/** The API of the console at `url`, with an operator's token. */
export function remoteConsole(url: string, token: string): ConsoleClient {
  return {
    async call(method, path, body) {
      let response: Response;
      try {
        response = await fetch(`${url}${CONSOLE_API_PATH}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          redirect: "error",
          signal: AbortSignal.timeout(LIMIT_MS),
        });
      } catch (cause) {
        const inner = (cause as { cause?: { code?: string; message?: string } }).cause;
        const reason = inner?.code ?? inner?.message ?? (cause as Error).message;
        throw new Failure(`${url} does not answer: ${reason}.`, { cause });
      }
      return readAnswer(response.status, await response.text(), url);
    },
  };
}
