import { Failure } from "../installation/failure";

/** The console's HTTP API as commands use it: of this installation, or of another with a token. */
export interface ConsoleClient {
  /** The answer of a call below /api/console/v1. Throws `ApiRefusal` and, where nobody answers, `Failure`. */
  call<Answer>(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answer>;
}

/** What the API refused, in its own words. */
export class ApiRefusal extends Failure {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${message} (${code})`);
    this.code = code;
  }
}

/** Reads an answer. Throws `ApiRefusal`; `Failure` for what is no answer of this API. */
export function readAnswer<Answer>(status: number, body: string, from: string): Answer {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch (cause) {
    throw new Failure(`${from} is no console: it answers with status ${status} and no JSON.`, { cause });
  }
  if (status < 400) return data as Answer;
  const error = (data as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  if (typeof error?.code !== "string" || typeof error.message !== "string") {
    throw new Failure(`${from} is no console: it answers with status ${status}.`);
  }
  throw new ApiRefusal(error.code, error.message);
}
