import { CONSOLE_API_CALLS, type ConsoleApiTypes } from "./calls";
import { Refused } from "./refused";

type Operation = keyof typeof CONSOLE_API_CALLS;

/** The parts of an operation's address: `app`, `env`, `run`, … */
type PartsOf<Path extends string> = Path extends `${string}{${infer Part}}${infer Rest}` ? Part | PartsOf<Rest> : never;
type ParamsOf<Op extends Operation> = Record<PartsOf<(typeof CONSOLE_API_CALLS)[Op]["path"]>, string>;

/** The console's HTTP API with a token from Account in the console. */
export class ConsoleApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Carries out one operation of docs/console-api/openapi.json. Throws `Refused`. */
  async call<Op extends Operation>(
    operation: Op,
    params: ParamsOf<Op>,
    input: Partial<ConsoleApiTypes[Op]["input"]> = {},
  ): Promise<ConsoleApiTypes[Op]["output"]> {
    const { method, path } = CONSOLE_API_CALLS[operation];
    const address = path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent((params as Record<string, string>)[part] ?? ""),
    );
    const hasBody = method === "POST" || method === "PATCH";
    const query = hasBody ? "" : queryOf(input);
    const response = await fetch(`${this.url}/api/console/v1${address}${query}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(hasBody ? { "content-type": "application/json" } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(input) } : {}),
    }).catch((cause: unknown) => {
      throw new Refused("unreachable", `${this.url} does not answer: ${String(cause)}`, 0, "");
    });
    const answer = (await response.json().catch(() => null)) as { error?: { code: string; message: string } } | null;
    if (response.ok && answer !== null) return answer as ConsoleApiTypes[Op]["output"];
    const { code = "not_a_console", message = `${this.url} is no console.` } = answer?.error ?? {};
    throw new Refused(code, message, response.status, response.headers.get("x-request-id") ?? "");
  }
}

function queryOf(input: object): string {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
