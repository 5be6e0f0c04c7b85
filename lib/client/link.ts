import { ConnectionStatus, type ConnectionStatusChange, mayRetry } from "./connection-status";
import { CODES, done, failed, ok, type Result } from "./result";
import { type FrameObserver, RpcSocket } from "./rpc-socket";
import { gatewayUrl, type WebSocketMaker, webSocketMaker } from "./web-socket";

export interface LinkOptions {
  readonly appKey: string;
  /** Address of the service, such as `https://im.example.com` or `http://127.0.0.1:3001`. */
  readonly serverUrl: string;
  readonly platform: string;
  readonly device: string;
}

export interface LinkListener {
  onStatus(change: ConnectionStatusChange): void;
  onEvent(method: string, params: Readonly<Record<string, unknown>>): void;
  /** Connected, for the first time or again. */
  onConnected(userId: string): void;
  readonly onFrame?: FrameObserver | undefined;
}

interface Welcome {
  readonly userId: string;
  readonly heartbeatMs: number;
}

const PROTOCOL = 1;
const SDK = "im-user-service-web/1";

/** `connect` gives up after this. */
const CONNECT_WITHIN_MS = 30_000;
/** Pauses between tries: the first comes soon, later ones about every five seconds, never all clients at once. */
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;
const HEARTBEAT_ANSWER_MS = 10_000;

/**
 * Keeps one user connected: opens sockets, proves the token, asks for signs of life, and tries again with growing,
 * scattered pauses until it is told not to or the server says that there is no point.
 */
export class Link {
  #token: string | undefined;
  #socket: RpcSocket | undefined;
  #connected = false;
  #status = ConnectionStatus.DISCONNECTED;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #firstConnect: ((result: Result<{ userId: string }>) => void) | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  userId: string | undefined;

  constructor(
    private readonly options: LinkOptions,
    private readonly listener: LinkListener,
    private readonly maker: () => Promise<WebSocketMaker> = webSocketMaker,
  ) {}

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Whether it is connected or will try to be. */
  get wanted(): boolean {
    return this.#token !== undefined;
  }

  /** Resolves with the first outcome that is one: connected, refused for good, or not in time (34006). */
  connect(token: string): Promise<Result<{ userId: string }>> {
    if (this.wanted) return Promise.resolve(failed(CODES.alreadyConnected, "Connected already, or connecting."));
    if (gatewayUrl(this.options.serverUrl) === null) {
      return Promise.resolve(failed(CODES.wrongConfiguration, "serverUrl must be an http or https address."));
    }
    this.#token = token;
    this.#tries = 0;
    this.#become(ConnectionStatus.CONNECTING, 0);
    return new Promise((resolve) => {
      this.#firstConnect = resolve;
      this.#deadline = setTimeout(() => this.#finish(CODES.connectTimedOut), CONNECT_WITHIN_MS);
      this.#try();
    });
  }

  /** Signs out: the user is offline at once, and nothing is tried again. */
  async disconnect(): Promise<Result> {
    const socket = this.#socket;
    if (this.#connected && socket !== undefined) await socket.call("disconnect", {}, 2_000);
    this.#finish(CODES.ownDisconnect);
    return done();
  }

  async call(method: string, params: Readonly<Record<string, unknown>>): Promise<Result<unknown>> {
    if (!this.#connected || this.#socket === undefined) {
      return failed(this.wanted ? CODES.connectionLost : CODES.notConnected, "Not connected.");
    }
    return this.#socket.call(method, params);
  }

  #try(): void {
    this.#open().catch((error: unknown) => this.#lost(CODES.notConnected, String(error)));
  }

  async #open(): Promise<void> {
    const url = gatewayUrl(this.options.serverUrl);
    const make = await this.maker();
    const token = this.#token;
    if (token === undefined || url === null) return;
    const socket: RpcSocket = new RpcSocket(make, url, {
      onEvent: (method, params) => this.#socket === socket && this.listener.onEvent(method, params),
      onEnd: (code) => {
        if (this.#socket === socket) this.#lost(code);
      },
      onFrame: this.listener.onFrame,
    });
    this.#socket = socket;
    if (!(await socket.opened())) return;
    const { appKey, platform, device } = this.options;
    const answer = await socket.call("connect", { protocol: PROTOCOL, appKey, token, platform, sdk: SDK, device });
    if (this.#socket !== socket) return;
    if (answer.isOk) this.#welcomed(socket, answer.data as Welcome);
    else if (!socket.ended) {
      this.#lost(answer.code, answer.msg);
      socket.end(answer.code);
    }
  }

  #welcomed(socket: RpcSocket, { userId, heartbeatMs }: Welcome): void {
    this.#connected = true;
    this.#tries = 0;
    this.userId = userId;
    clearTimeout(this.#deadline);
    this.#heartbeat = setInterval(() => void this.#beat(socket), heartbeatMs);
    this.#become(ConnectionStatus.CONNECTED, 0);
    this.#firstConnect?.(ok({ userId }));
    this.#firstConnect = undefined;
    this.listener.onConnected(userId);
  }

  /** A browser cannot send pings and does not notice a network that is just gone. */
  async #beat(socket: RpcSocket): Promise<void> {
    const { isOk } = await socket.call("ping", {}, HEARTBEAT_ANSWER_MS);
    if (!isOk && !socket.ended) socket.end(CODES.noAnswer);
  }

  #lost(code: number, msg?: string): void {
    this.#drop();
    if (!this.wanted) return;
    if (!mayRetry(code)) {
      this.#finish(code, msg);
      return;
    }
    // Until the first success the app is told that it is connecting, and its call waits.
    if (this.#firstConnect === undefined) this.#become(ConnectionStatus.SUSPENDED, code);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#tries, LONGEST_PAUSE_MS);
    this.#tries += 1;
    this.#retry = setTimeout(() => this.#try(), pause * (0.25 + Math.random() * 0.75));
  }

  #finish(code: number, msg?: string): void {
    this.#token = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    this.#drop();
    socket?.end(code);
    this.#become(ConnectionStatus.DISCONNECTED, code);
    this.#firstConnect?.(failed(code, msg));
    this.#firstConnect = undefined;
  }

  #drop(): void {
    this.#socket = undefined;
    this.#connected = false;
    clearInterval(this.#heartbeat);
  }

  #become(status: ConnectionStatus, code: number): void {
    if (this.#status === status && status !== ConnectionStatus.SUSPENDED) return;
    this.#status = status;
    this.listener.onStatus({ status, code });
  }
}
