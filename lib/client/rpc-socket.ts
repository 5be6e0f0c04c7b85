import { callBack } from "./call-back";
import { CODES, failed, ok, type Result } from "./result";
import type { WebSocketLike, WebSocketMaker } from "./web-socket";

/** Sees every frame as it passes, for tools and logs. Access tokens in it are masked. */
export type FrameObserver = (direction: "in" | "out", text: string) => void;

type Params = Readonly<Record<string, unknown>>;

interface Frame {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

interface Waiting {
  readonly timer: ReturnType<typeof setTimeout>;
  settle(result: Result<unknown>): void;
}

interface RpcSocketListener {
  /** A notification of the server. */
  onEvent(method: string, params: Params): void;
  /** The socket has ended, whoever ended it; `code` says why. Called once. */
  onEnd(code: number): void;
  readonly onFrame?: FrameObserver | undefined;
}

/** How long an answer may take. */
const ANSWER_WITHIN_MS = 10_000;

/** One WebSocket of the gateway: numbers calls, matches answers, knows why it ended. */
export class RpcSocket {
  #socket: WebSocketLike;
  #nextId = 0;
  #ended = false;
  #told: number | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #opened: Promise<boolean>;

  constructor(
    make: WebSocketMaker,
    url: string,
    private readonly listener: RpcSocketListener,
  ) {
    this.#socket = make(url);
    this.#opened = new Promise((resolve) => {
      this.#socket.onopen = () => resolve(true);
      this.#socket.onclose = ({ reason }) => {
        resolve(false);
        this.#end(/^\d+$/.test(reason) ? Number(reason) : CODES.notConnected);
      };
    });
    // What went wrong is told by `onclose`, which always follows.
    this.#socket.onerror = () => undefined;
    this.#socket.onmessage = ({ data }) => this.#receive(data);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves to false when it could not be opened. */
  opened(): Promise<boolean> {
    return this.#opened;
  }

  /** Calls a method; the answer is a value, whatever becomes of the socket. */
  call(method: string, params: Params, withinMs = ANSWER_WITHIN_MS): Promise<Result<unknown>> {
    if (this.#ended || this.#socket.readyState !== 1) return Promise.resolve(failed(CODES.connectionLost));
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise((resolve) => {
      const settle = (result: Result<unknown>) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(result);
      };
      const timer = setTimeout(() => settle(failed(CODES.noAnswer, `No answer to ${method} in time.`)), withinMs);
      this.#waiting.set(id, { timer, settle });
      const call = { jsonrpc: "2.0", id, method, params };
      this.#observe("out", () => JSON.stringify({ ...call, params: masked(params) }));
      this.#socket.send(JSON.stringify(call));
    });
  }

  /** Ends it for `code`, at once: a dead network would not even confirm a closing. */
  end(code: number): void {
    this.#end(code);
    this.#socket.close();
  }

  #receive(data: unknown): void {
    if (this.#ended || typeof data !== "string") return;
    this.#observe("in", () => data);
    let received: Frame | Frame[];
    try {
      received = JSON.parse(data) as Frame | Frame[];
    } catch {
      // Whatever is at the other end, it is not the gateway.
      this.end(CODES.notConnected);
      return;
    }
    if (!Array.isArray(received)) this.#take(received);
    else for (const frame of received) this.#take(frame);
  }

  #take(frame: Frame): void {
    // What is told of one message may have ended the socket.
    if (this.#ended) return;
    if (frame.id !== undefined && frame.id !== null) {
      const { error } = frame;
      this.#waiting.get(frame.id)?.settle(error === undefined ? ok(frame.result) : refusal(error));
    } else if (frame.method === "disconnect") {
      this.#told = Number(frame.params?.code);
    } else if (frame.method !== undefined) {
      this.listener.onEvent(frame.method, frame.params ?? {});
    }
  }

  #observe(direction: "in" | "out", text: () => string): void {
    const { onFrame } = this.listener;
    if (onFrame !== undefined) callBack(() => onFrame(direction, text()));
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const { settle } of [...this.#waiting.values()])
      settle(failed(CODES.connectionLost, "The connection was lost."));
    this.listener.onEnd(this.#told ?? code);
  }
}

/** Frames are shown and kept in places where a token must never be. */
const masked = (params: Params): Params => ("token" in params ? { ...params, token: "***" } : params);

/** A refusal with what the server says about it: `errorKeys` names refused keys of a profile. */
function refusal({ code, message, data }: NonNullable<Frame["error"]>): Result<never> {
  const key = (data as { profileKey?: unknown } | undefined)?.profileKey;
  return { ...failed(code, message), ...(typeof key === "string" ? { errorKeys: [key] } : {}) };
}
