/** The client code that something ended with, or that the client or its network left without one. */
export type EndCode = number | "left";

/** What a gateway tells whoever counts: each is called once for what it names, with a bounded number of values. */
export interface GatewayCounts {
  /** A socket has become a connection (0) or has not: the code of the refusal, or the HTTP status without a WebSocket. */
  handshake(code: EndCode): void;
  /** A connection has ended; 2 is the client's own `disconnect`. */
  closed(code: EndCode): void;
  /** A call was answered, 0 being success. `method` is "other" for what is none; `ms` from its frame to its answer. */
  call(method: string, code: number, ms: number): void;
  /** One frame of an event went to so many connections. */
  delivered(connections: number): void;
}

/** For a gateway that nobody watches. */
export const uncounted: GatewayCounts = {
  handshake() {},
  closed() {},
  call() {},
  delivered() {},
};
