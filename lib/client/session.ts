import { mayRetry } from "./connection-status";
import { CODES, failed, type Result } from "./result";
import { type FrameObserver, RpcSocket } from "./rpc-socket";
import { NoWebSocketError, type WebSocketMaker } from "./web-socket";

/** Who connects, and where to. */
interface SessionOptions {
  /** The gateway's address, `ws://…/im`. */
  readonly url: string;
  readonly appKey: string;
  readonly token: string;
  readonly platform: string;
  readonly device: string;
}

interface SessionListener {
  /** Connected, for the first time or again. */
  onWelcome(welcome: Welcome): void;
  /** Lost after it was connected; tries again by itself. */
  onSuspended(code: number): void;
  /** The end: called once, and nothing after it. */
  onOver(code: number, msg?: string): void;
  onEvent(method: string, params: Readonly<Record<string, unknown>>): void;
  readonly onFrame?: FrameObserver | undefined;
}

/** What the server answers to `connect`. */
export interface Welcome {
  readonly userId: string;
  readonly serverTime: number;
  readonly heartbeatMs: number;
}

/** The oldest and the newest version of the protocol that this library speaks; the server chooses. */
const PROTOCOLS = { protocol: 1, maxProtocol: 2 };
const SDK = "im-user-service-web/1";

/** A session that is not connected for the first time within this is over. */
const CONNECT_WITHIN_MS = 30_000;
/** Pauses between tries: the first comes soon, later ones about every five seconds, never all clients at once. */
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;
const HEARTBEAT_ANSWER_MS = 10_000;
const LEAVE_WITHIN_MS = 2_000;

/**
 * What one `connect` of the app begins, up to its end: opens sockets, proves the token, asks for signs of life, and tries
 * again with growing, scattered pauses until it is told not to or the server says that there is no point.
 *
 * All that a connection waits for belongs to its session and has no effect once that is over, so that it cannot touch the
 * session that the app has begun meanwhile. Listeners may end the session or begin another: they are told last.
 */
export class Session {
  #over = false;
  #connected = false;
  #welcomed = false;
  #socket: RpcSocket | undefined;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  readonly #deadline: ReturnType<typeof setTimeout>;

  constructor(
    private readonly options: SessionOptions,
    private readonly listener: SessionListener,
    private readonly maker: () => Promise<WebSocketMaker>,
  ) {
    this.#deadline = setTimeout(() => this.end(CODES.connectTimedOut), CONNECT_WITHIN_MS);
    this.#try();
  }

  /** Tells the server, which makes the user offline at once, and ends. */
  async leave(signOut: boolean): Promise<void> {
    if (this.#connected) await this.#socket?.call("disconnect", { signOut }, LEAVE_WITHIN_MS);
    this.end(CODES.ownDisconnect);
  }

  end(code: number, msg?: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    this.#drop();
    socket?.end(code);
    this.listener.onOver(code, msg);
  }

  async call(method: string, params: Readonly<Record<string, unknown>>): Promise<Result<unknown>> {
    if (!this.#connected || this.#socket === undefined) return failed(CODES.connectionLost, "Not connected.");
    return this.#socket.call(method, params);
  }

  #try(): void {
    this.#open().catch((error: unknown) => {
      if (error instanceof NoWebSocketError) this.end(CODES.wrongConfiguration, error.message);
      else this.#lost(CODES.notConnected, String(error));
    });
  }

  async #open(): Promise<void> {
    const make = await this.maker();
    if (this.#over) return;
    const { url, appKey, token, platform, device } = this.options;
    const socket: RpcSocket = new RpcSocket(make, url, {
      onEvent: (method, params) => this.#socket === socket && this.listener.onEvent(method, params),
      onEnd: (code) => {
        if (this.#socket === socket) this.#lost(code);
      },
      onFrame: this.listener.onFrame,
    });
    this.#socket = socket;
    if (!(await socket.opened())) return;
    const answer = await socket.call("connect", { ...PROTOCOLS, appKey, token, platform, sdk: SDK, device });
    if (this.#socket !== socket) return;
    if (answer.isOk) this.#isWelcome(socket, answer.data as Welcome);
    else {
      this.#lost(answer.code, answer.msg);
      socket.end(answer.code);
    }
  }

  #isWelcome(socket: RpcSocket, welcome: Welcome): void {
    this.#connected = true;
    this.#welcomed = true;
    this.#tries = 0;
    clearTimeout(this.#deadline);
    this.#heartbeat = setInterval(() => void this.#beat(socket), welcome.heartbeatMs);
    this.listener.onWelcome(welcome);
  }

  /** A browser cannot send pings and does not notice a network that is just gone. */
  async #beat(socket: RpcSocket): Promise<void> {
    const { isOk } = await socket.call("ping", {}, HEARTBEAT_ANSWER_MS);
    if (!isOk && !socket.ended) socket.end(CODES.noAnswer);
  }

  #lost(code: number, msg?: string): void {
    if (this.#over) return;
    this.#drop();
    if (!mayRetry(code)) {
      this.end(code, msg);
      return;
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#tries, LONGEST_PAUSE_MS);
    this.#tries += 1;
    this.#retry = setTimeout(() => this.#try(), pause * (0.25 + Math.random() * 0.75));
    // Until the first success the app is told that it is connecting, and its call waits.
    if (this.#welcomed) this.listener.onSuspended(code);
  }

  #drop(): void {
    this.#socket = undefined;
    this.#connected = false;
    clearInterval(this.#heartbeat);
  }
}
