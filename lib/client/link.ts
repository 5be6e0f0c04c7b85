import { ConnectionStatus, type ConnectionStatusChange } from "./connection-status";
import { CODES, failed, ok, type Result } from "./result";
import type { FrameObserver } from "./rpc-socket";
import { Session, type Welcome } from "./session";
import { gatewayUrl, type WebSocketMaker, webSocketMaker } from "./web-socket";

interface LinkOptions {
  readonly appKey: string;
  /** Address of the service, such as `https://im.example.com` or `http://127.0.0.1:3001`. */
  readonly serverUrl: string;
  readonly platform: string;
  readonly device: string;
}

interface LinkListener {
  onStatus(change: ConnectionStatusChange): void;
  onEvent(method: string, params: Readonly<Record<string, unknown>>): void;
  /** Connected, for the first time or again. */
  onConnected(userId: string): void;
  readonly onFrame?: FrameObserver | undefined;
}

/** The app's way to the server: at most one session at a time, its status, its calls. */
export class Link {
  #session: Session | undefined;
  #status = ConnectionStatus.DISCONNECTED;
  userId: string | undefined;
  /** Server's clock less this one's, in milliseconds. */
  serverTimeDelta = 0;

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
    return this.#session !== undefined;
  }

  /** Resolves with the first outcome that is one: connected, refused for good, or not in time (34006). */
  connect(token: string): Promise<Result<{ userId: string }>> {
    if (this.wanted) return Promise.resolve(failed(CODES.alreadyConnected, "Connected already, or connecting."));
    const { serverUrl, appKey, platform, device } = this.options;
    const url = gatewayUrl(serverUrl);
    if (url === null) {
      return Promise.resolve(failed(CODES.wrongConfiguration, "serverUrl must be an http or https address."));
    }
    return new Promise((resolve) => {
      const onWelcome = ({ userId, serverTime }: Welcome) => {
        this.userId = userId;
        this.serverTimeDelta = serverTime - Date.now();
        this.#become(ConnectionStatus.CONNECTED, 0);
        resolve(ok({ userId }));
        this.listener.onConnected(userId);
      };
      const onOver = (code: number, msg?: string) => {
        this.#session = undefined;
        this.#become(ConnectionStatus.DISCONNECTED, code);
        resolve(failed(code, msg));
      };
      const { onEvent, onFrame } = this.listener;
      const onSuspended = (code: number) => this.#become(ConnectionStatus.SUSPENDED, code);
      const listener = { onWelcome, onSuspended, onOver, onEvent, onFrame };
      this.#session = new Session({ url, appKey, token, platform, device }, listener, this.maker);
      this.#become(ConnectionStatus.CONNECTING, 0);
    });
  }

  /** The user is offline at once, or signed out, and nothing is tried again. */
  async disconnect(signOut = false): Promise<void> {
    await this.#session?.leave(signOut);
  }

  async call(method: string, params: Readonly<Record<string, unknown>>): Promise<Result<unknown>> {
    return this.#session?.call(method, params) ?? failed(CODES.notConnected, "Not connected.");
  }

  #become(status: ConnectionStatus, code: number): void {
    this.#status = status;
    this.listener.onStatus({ status, code });
  }
}
