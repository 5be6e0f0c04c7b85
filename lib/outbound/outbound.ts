import { errorOfKind } from "../error-kind";

/**
 * Requests that leave the product for an address that an operator has typed. The only way out: it refuses addresses
 * that are not public, unless the installation allows them, and connects to no other address than the one it has
 * checked.
 */
export interface Outbound {
  /** Resolves when the receiver's name leads to addresses that may be reached now. Throws `OutboundError`. */
  check(url: URL): Promise<void>;
  /**
   * Sends a POST and gives the answer, whatever its status. Redirects are not followed. Name, connection, request and
   * answer together take at most `timeoutMs`. Throws `OutboundError` when there was no answer.
   */
  post(request: OutboundRequest): Promise<OutboundAnswer>;
  /** Sends a GET, under the same rules. */
  get(request: OutboundGet): Promise<OutboundFile>;
  /** Closes the connections that were kept for the next request. */
  close(): void;
}

export interface OutboundRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

export interface OutboundAnswer {
  readonly status: number;
  /** The beginning of the body, at most 2,000 characters without control characters. */
  readonly excerpt: string;
}

export interface OutboundGet {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface OutboundFile {
  readonly status: number;
  /** Where a redirect leads, as the answer says it. */
  readonly location: string | undefined;
  readonly bytes: Buffer;
  /** Whether `bytes` is all of it: it has ended in time, and within `maxBytes`. */
  readonly whole: boolean;
}

/**
 * - `address`: the receiver's address may not be reached;
 * - `host`: the installation does not talk to a host of that name;
 * - `name`: its name leads nowhere;
 * - `timeout`: no answer in time;
 * - `connection`: refused, cut off, or not encrypted as it should be.
 */
export type OutboundFailure = "address" | "host" | "name" | "timeout" | "connection";

/** There was no answer. `message` is a sentence for the operator. */
export class OutboundError extends errorOfKind("OutboundError") {
  constructor(
    readonly kind: OutboundFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "OutboundError";
  }
}
