/** A request as the Server API sees it, whatever carried it: Node's HTTP server or a fetch-style Request. */
export interface ApiCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** `name` in lower case; null when it was not sent. */
  header(name: string): string | null;
  /** The whole body; null as soon as it is known to be larger than `limit` bytes. Rejects when it ends early. */
  readBody(limit: number): Promise<Uint8Array | null>;
  /** The client's address (lib/http/client-address.ts), "" when it is not known. */
  readonly ip: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON */
  readonly body: string;
}
