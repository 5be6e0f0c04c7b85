import http from "node:http";
import https from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import { type Outbound, OutboundError, type OutboundFile } from "./outbound";
import { checkedAddresses, publicResolver, type Resolve, resolveAsSystem } from "./resolve";

export interface OutboundOptions {
  /** Also reach loopback, private and other addresses that are not public. */
  readonly allowPrivate: boolean;
  /** The only hosts that are asked: names, `.example.com` for all below one, `*` for any. Undefined: any. */
  readonly hosts?: readonly string[] | undefined;
  /** True: nothing is asked by http. */
  readonly encrypted?: boolean | undefined;
  /** How names are looked up; for tests. */
  readonly resolve?: Resolve;
}

const CHECK_TIMEOUT_MS = 5_000;
const EXCERPT_BYTES = 4_096;
const EXCERPT_CHARACTERS = 2_000;
/** How long a connection is kept for the next request. */
const KEPT_MS = 4_000;
/** Interim answers (1xx) that a receiver may send before its answer. Honest ones send one or two. */
const INTERIM_ANSWERS = 20;

/** The way out of this process. See `Outbound`. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { allowPrivate, hosts, encrypted } = options;
  const rules = {
    allowPrivate,
    hosts,
    encrypted,
    resolve: options.resolve ?? (allowPrivate ? resolveAsSystem : publicResolver()),
  };
  // A kept connection leads to an address that was checked when it was made.
  const kept = { keepAlive: true, timeout: KEPT_MS, maxFreeSockets: 8 };
  const agents = { "http:": new http.Agent(kept), "https:": new https.Agent(kept) };

  const ask = async (request: Asked): Promise<OutboundFile> => {
    const signal = AbortSignal.timeout(request.timeoutMs);
    const addresses = await checkedAddresses(request.url, rules, signal);
    const agent = request.url.protocol === "https:" ? agents["https:"] : agents["http:"];
    try {
      return await send(request, addresses, agent, signal);
    } catch (error) {
      // A kept connection that the receiver has closed meanwhile tells nothing about the receiver.
      if (!(error instanceof ClosedWhileKept)) throw error;
      return await send(request, addresses, false, signal);
    }
  };

  return {
    async check(url) {
      await checkedAddresses(url, rules, AbortSignal.timeout(CHECK_TIMEOUT_MS));
    },
    async post(request) {
      const { status, bytes } = await ask({ ...request, method: "POST", maxBytes: EXCERPT_BYTES });
      return { status, excerpt: excerptOf(bytes) };
    },
    get: (request) => ask({ ...request, method: "GET" }),
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

class ClosedWhileKept extends Error {}

interface Asked {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Gives the connection the checked addresses and no others. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_hostname, options, callback) => {
    const first = found[0];
    if (options.all || first === undefined) callback(null, found);
    else callback(null, first.address, first.family);
  };
}

/**
 * Settles on whatever comes first: the end of the answer, the end of the connection, or the signal itself, whose time no
 * shape of answer outlives. What comes afterwards changes nothing.
 */
function send(
  { method, url, headers, body, maxBytes, timeoutMs }: Asked,
  addresses: readonly string[],
  agent: http.Agent | false,
  signal: AbortSignal,
): Promise<OutboundFile> {
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === "https:" ? https : http;
    const request = open(url, { method, headers, agent, lookup: lookupOf(addresses) });
    let status: number | undefined;
    let location: string | undefined;
    let whole = false;
    let size = 0;
    const chunks: Buffer[] = [];
    let interim = 0;

    const settle = (failure: () => Error) => {
      signal.removeEventListener("abort", timeOut);
      // The status counts from the end of its head on, whatever becomes of the body.
      if (status === undefined) reject(failure());
      else resolve({ status, location, bytes: Buffer.concat(chunks), whole });
    };
    const settleClosed = () => settle(() => new OutboundError("connection", CUT_OFF));
    const timeOut = () => {
      settle(() => new OutboundError("timeout", `No answer within ${seconds(timeoutMs)}.`));
      request.destroy();
    };
    if (signal.aborted) timeOut();
    else signal.addEventListener("abort", timeOut, { once: true });

    request.on("error", (error: NodeJS.ErrnoException) => {
      const closedWhileKept = request.reusedSocket && ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
      settle(() => (closedWhileKept ? new ClosedWhileKept() : failureOf(error)));
    });
    request.on("close", settleClosed);
    request.on("information", () => {
      interim += 1;
      if (interim > INTERIM_ANSWERS) request.destroy(new OutboundError("connection", NOT_HTTP));
    });
    // 101. Node gives up on a connection whose new protocol nobody takes, without a word to the request.
    request.on("upgrade", (response, socket) => {
      status = response.statusCode;
      socket.destroy();
      settleClosed();
    });
    request.on("response", (response) => {
      status = response.statusCode;
      location = response.headers.location;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes) response.destroy();
      });
      response.on("end", () => {
        whole = size <= maxBytes;
      });
      response.on("close", settleClosed);
      response.on("error", settleClosed);
    });
    request.end(body);
  });
}

const seconds = (ms: number) => (ms === 1_000 ? "1 second" : `${ms / 1_000} seconds`);

function excerptOf(bytes: Buffer): string {
  const text = bytes.subarray(0, EXCERPT_BYTES).toString("utf8");
  // Control characters, but for line breaks and tabs.
  return text
    .replace(/[^\P{Cc}\n\t]+/gu, " ")
    .slice(0, EXCERPT_CHARACTERS)
    .trim();
}

const CUT_OFF = "The receiver has cut the connection off.";
const NOT_HTTP = "The receiver's answer is not HTTP.";

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The receiver refuses the connection.",
  ECONNRESET: CUT_OFF,
  EPIPE: CUT_OFF,
  EHOSTUNREACH: "The receiver's address cannot be reached.",
  ENETUNREACH: "The receiver's address cannot be reached.",
  ETIMEDOUT: "The receiver's address cannot be reached.",
  HPE_HEADER_OVERFLOW: "The head of the receiver's answer is too large.",
  CERT_HAS_EXPIRED: "The receiver's certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The receiver's certificate is signed by itself.",
  SELF_SIGNED_CERT_IN_CHAIN: "The receiver's certificate is signed by an unknown authority.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The receiver's certificate is signed by an unknown authority.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The receiver's certificate is for another name.",
};

function failureOf(error: NodeJS.ErrnoException): OutboundError {
  return error instanceof OutboundError ? error : new OutboundError("connection", sentenceOf(error), { cause: error });
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  const code = inner?.code ?? error.code ?? "";
  const other = code.startsWith("HPE_") ? NOT_HTTP : `The connection failed (${code === "" ? inner.message : code}).`;
  return SENTENCES[code] ?? other;
}
