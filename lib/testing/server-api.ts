import { createHash, randomInt, randomUUID } from "node:crypto";
import { SERVER_API_PATHS, type ServerApiTypes } from "./calls";
import { Refused } from "./refused";

/** App Key and App Secret of one environment. */
export interface Keys {
  readonly appKey: string;
  readonly appSecret: string;
}

type Operation = keyof typeof SERVER_API_PATHS;

/** Every endpoint of the Server API by its name, such as `api.banUsers({ userIds, durationMinutes })`. Throws `Refused`. */
export type ServerApi = {
  readonly [Op in Operation]: (request: ServerApiTypes[Op]["request"]) => Promise<ServerApiTypes[Op]["result"]>;
};

export interface ServerApiOptions {
  readonly apiUrl: string;
  readonly keys: Keys;
  /** Registered users belong to this test run. */
  readonly run?: string;
}

/** What the Server API answered, refusals too. `code` 0 is success; `result` is there only then. */
export interface ServerApiAnswer<Result = Record<string, unknown>> {
  readonly status: number;
  readonly code: number;
  readonly result?: Result;
  readonly errorMessage?: string;
  /** The key of a hosted profile that was refused. */
  readonly profileKey?: string;
  readonly requestId: string;
  /** `X-Test-Run`: the run that a registered user belongs to, or why none. */
  readonly testRun: string | null;
}

const RATE_LIMITED = 1008;

/** The signed Server API, as an app server calls it. It waits out a rate limit, and sends nothing else twice. */
export function serverApi(options: ServerApiOptions): ServerApi {
  const entries = Object.entries(SERVER_API_PATHS).map(([name, path]) => [
    name,
    async (request: object) => {
      const { code, result, errorMessage, status, requestId } = await askUntilAdmitted(options, path, request);
      if (code !== 0) throw new Refused(code, errorMessage ?? `${path} was refused.`, status, requestId);
      return result ?? {};
    },
  ]);
  return Object.fromEntries(entries) as ServerApi;
}

/** One call whose answer is looked at as it is, for tests of refusals; waits out a rate limit. Throws `Refused` when nobody answers. */
export async function askUntilAdmitted<Result = Record<string, unknown>>(
  options: ServerApiOptions,
  path: string,
  request: unknown,
): Promise<ServerApiAnswer<Result>> {
  for (;;) {
    const answer = await askServerApi<Result>(options, path, request);
    if (answer.code !== RATE_LIMITED) return answer;
    // Limits count in windows of one second of the clock.
    await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000) + 5));
  }
}

/** The same, sent once whatever comes back. */
export async function askServerApi<Result = Record<string, unknown>>(
  { apiUrl, keys, run }: ServerApiOptions,
  path: string,
  request: unknown,
): Promise<ServerApiAnswer<Result>> {
  const nonce = String(randomInt(2 ** 47));
  const timestamp = String(Date.now());
  const signature = createHash("sha1")
    .update(keys.appSecret + nonce + timestamp)
    .digest("hex");
  const requestId = randomUUID();
  const response = await fetch(apiUrl + path, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "App-Key": keys.appKey,
      Nonce: nonce,
      Timestamp: timestamp,
      Signature: signature,
      "X-Request-ID": requestId,
      ...(run === undefined ? {} : { "X-Test-Run": run }),
    },
    body: JSON.stringify(request),
  }).catch((cause: unknown) => {
    throw new Refused("unreachable", `${apiUrl} does not answer: ${String(cause)}`, 0, "");
  });
  const envelope = (await response.json()) as Pick<
    ServerApiAnswer<Result>,
    "code" | "result" | "errorMessage" | "profileKey"
  >;
  return { ...envelope, status: response.status, requestId, testRun: response.headers.get("x-test-run") };
}
