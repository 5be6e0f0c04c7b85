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

interface Options {
  readonly apiUrl: string;
  readonly keys: Keys;
  /** Registered users belong to this test run. */
  readonly run?: string;
}

const RATE_LIMITED = 1008;

/** The signed Server API, as an app server calls it. It waits out a rate limit, and sends nothing else twice. */
export function serverApi(options: Options): ServerApi {
  const entries = Object.entries(SERVER_API_PATHS).map(([name, path]) => [
    name,
    (request: object) => callUntilAdmitted(options, path, request),
  ]);
  return Object.fromEntries(entries) as ServerApi;
}

async function callUntilAdmitted(options: Options, path: string, request: object): Promise<unknown> {
  for (;;) {
    const { code, result, errorMessage, status, requestId } = await callOnce(options, path, request);
    if (code === 0) return result ?? {};
    if (code !== RATE_LIMITED) throw new Refused(code, errorMessage ?? `${path} was refused.`, status, requestId);
    // Limits count in windows of one second of the clock.
    await new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000) + 5));
  }
}

interface Envelope {
  readonly code: number;
  readonly result?: unknown;
  readonly errorMessage?: string;
}

async function callOnce({ apiUrl, keys, run }: Options, path: string, request: object) {
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
  return { ...((await response.json()) as Envelope), status: response.status, requestId };
}
