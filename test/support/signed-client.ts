import { createHash, randomBytes } from "node:crypto";

/** The credentials of one environment, and where its Server API is. */
export interface SignedClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly appKey: string;
  readonly appSecret: string;
  /** The clock to sign with; default: the machine's. */
  readonly now?: () => number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed envelope. */
  readonly body: { code: number; result?: unknown; errorMessage?: string; url?: string };
}

export interface SendOptions {
  readonly method?: string;
  /** Replace or, with null, leave out headers. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as it is instead of the JSON of the body. */
  readonly raw?: string | Uint8Array | ReadableStream;
}

/** Headers of a request signed as the contract's section 1.2 says, written down here a second time on purpose. */
export function signedHeaders(options: SignedClientOptions): Record<string, string> {
  const nonce = BigInt(`0x${randomBytes(7).toString("hex")}`).toString();
  const timestamp = String((options.now ?? Date.now)());
  const signature = createHash("sha1").update(options.appSecret).update(nonce).update(timestamp).digest("hex");
  return {
    "App-Key": options.appKey,
    Nonce: nonce,
    Timestamp: timestamp,
    Signature: signature,
    "Content-Type": "application/json",
  };
}

/** Sends signed requests as an app server's SDK does: a new nonce for every request. */
export function signedClient(options: SignedClientOptions) {
  return {
    headers: () => signedHeaders(options),
    async send(path: string, body: unknown, change: SendOptions = {}): Promise<Answer> {
      const headers = new Headers(signedHeaders(options));
      for (const [name, value] of Object.entries(change.headers ?? {})) {
        if (value === null) headers.delete(name);
        else headers.set(name, value);
      }
      const method = change.method ?? "POST";
      const withBody = method !== "GET" && method !== "HEAD";
      const response = await fetch(options.baseUrl + path, {
        method,
        headers,
        body: withBody ? ((change.raw as BodyInit | undefined) ?? JSON.stringify(body)) : undefined,
        ...(change.raw instanceof ReadableStream ? { duplex: "half" } : {}),
      } as RequestInit);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
    },
  };
}

export type SignedClient = ReturnType<typeof signedClient>;
