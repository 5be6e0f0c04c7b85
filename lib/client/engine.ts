import { callBack } from "./call-back";
import {
  type CreateGroupParams,
  EngineDirectChannel,
  EngineGroupChannel,
  GroupMembersByRoleQuery,
  type GroupMembersQueryParams,
} from "./channels";
import { ConnectionStatus, type ConnectionStatusChange, type ConnectionStatusHandler } from "./connection-status";
import { type CursorStorage, Inbox } from "./inbox";
import { Link } from "./link";
import { type Message, type MessageHandler, type SendMessageParams, toMessage, type WireMessage } from "./messages";
import { Outbox } from "./outbox";
import { done, ok, type Result } from "./result";
import type { FrameObserver } from "./rpc-socket";
import { USER_EVENTS, type UserHandler } from "./user-events";
import { UserModule } from "./user-module";

export interface EngineOptions {
  readonly appKey: string;
  /** Address of the service, such as `https://im.example.com` or `http://127.0.0.1:3001`. */
  readonly serverUrl: string;
  /** `Web` (default), `PC`, `Android`, `iOS`, `HarmonyOS` or `MiniProgram`. */
  readonly platform?: string;
  /** What the person calls this device. */
  readonly device?: string;
  /** Keeps the place in the inbox between runs. Default: the browser's `localStorage`; null: none. */
  readonly storage?: CursorStorage | null;
  /** Sees every frame as it passes, for tools and logs. Access tokens in it are masked. */
  readonly onFrame?: FrameObserver;
}

/** One client: at most one connected user, with its handlers, modules and channels. */
export class Engine {
  readonly userModule: UserModule;
  readonly #link: Link;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #statusHandlers = new Map<string, ConnectionStatusHandler>();
  readonly #userHandlers = new Map<string, UserHandler>();
  readonly #messageHandlers = new Map<string, MessageHandler>();

  constructor(options: EngineOptions) {
    const { appKey, serverUrl, platform = "Web", device = "" } = options;
    this.#link = new Link(
      { appKey, serverUrl, platform, device },
      {
        onStatus: (change) => this.#statusChanged(change),
        onEvent: (method, params) => this.#event(method, params),
        onConnected: (userId) => {
          void this.#inbox.connected(userId);
          this.#outbox.connected();
        },
        onFrame: options.onFrame,
      },
    );
    const storage = options.storage === undefined ? browserStorage() : (options.storage ?? undefined);
    this.#inbox = new Inbox(this.#link, appKey, storage, (message) => this.#received(message));
    this.#outbox = new Outbox(this.#link);
    this.userModule = new UserModule((method, params) => this.call(method, params));
  }

  // connection

  /** Connects with an access token and stays connected. Give `data.userId`; call it once. */
  connect({ token }: { readonly token: string }): Promise<Result<{ userId: string }>> {
    return this.#link.connect(token);
  }

  disconnect(): Promise<Result> {
    return this.#link.disconnect();
  }

  getConnectionStatus(): ConnectionStatus {
    return this.#link.status;
  }

  /** The connected user; undefined before the first connection. */
  get userId(): string | undefined {
    return this.#link.userId;
  }

  // handlers

  addConnectionStatusHandler(id: string, handler: ConnectionStatusHandler): void {
    this.#statusHandlers.set(id, handler);
  }

  removeConnectionStatusHandler(id: string): void {
    this.#statusHandlers.delete(id);
  }

  addUserHandler(id: string, handler: UserHandler): void {
    this.#userHandlers.set(id, handler);
  }

  removeUserHandler(id: string): void {
    this.#userHandlers.delete(id);
  }

  addMessageHandler(id: string, handler: MessageHandler): void {
    this.#messageHandlers.set(id, handler);
  }

  removeMessageHandler(id: string): void {
    this.#messageHandlers.delete(id);
  }

  // channels

  directChannel(userId: string): EngineDirectChannel {
    return new EngineDirectChannel(this, userId);
  }

  groupChannel(groupId: string): EngineGroupChannel {
    return new EngineGroupChannel(this, groupId);
  }

  /** Creates a group that this user owns. */
  async createGroup({ groupId, groupName, inviteeUserIds = [] }: CreateGroupParams): Promise<Result> {
    const answer = await this.call("group/create", { groupId, groupName, inviteeUserIds });
    return answer.isOk ? done() : (answer as Result);
  }

  groupMembersByRole(params: GroupMembersQueryParams): GroupMembersByRoleQuery {
    return new GroupMembersByRoleQuery(this, params);
  }

  // for channels and modules

  call<Data>(method: string, params: Readonly<Record<string, unknown>>): Promise<Result<Data>> {
    return this.#link.call(method, params) as Promise<Result<Data>>;
  }

  async sendMessage(
    target: { readonly toUserId: string } | { readonly groupId: string },
    { messageType, content, metadata }: SendMessageParams,
  ): Promise<Result<Message>> {
    const text = JSON.stringify(content);
    const sent = await this.#outbox.send("message/send", {
      ...target,
      messageType,
      content: text,
      ...(metadata === undefined ? {} : { metadata, hasMetadata: true }),
    });
    if (!sent.isOk || sent.data === undefined) return sent as Result<never>;
    // The inbox has it too, for this user's other devices.
    this.#inbox.sentHere(sent.data.sequence);
    const userId = this.userId ?? "";
    const [kind, targetId] =
      "toUserId" in target ? (["direct", target.toUserId] as const) : (["group", target.groupId] as const);
    const wire = { ...sent.data, kind, senderId: userId, targetId, messageType, content: text };
    return ok(toMessage(metadata === undefined ? wire : { ...wire, metadata }, userId));
  }

  #statusChanged(change: ConnectionStatusChange): void {
    if (change.status === ConnectionStatus.DISCONNECTED) this.#outbox.gaveUp(change.code);
    for (const { callbacks } of this.#statusHandlers.values()) {
      callBack(() => callbacks.onConnectionStatusChanged?.(change));
    }
  }

  #event(method: string, params: Readonly<Record<string, unknown>>): void {
    if (method === "event/message") {
      this.#inbox.received(params as unknown as WireMessage);
      return;
    }
    const name = USER_EVENTS[method];
    if (name === undefined) return;
    for (const { callbacks } of this.#userHandlers.values()) callBack(() => callbacks[name]?.(params as never));
  }

  #received(wire: WireMessage): void {
    const message = toMessage(wire, this.userId ?? "");
    for (const { callbacks } of this.#messageHandlers.values()) callBack(() => callbacks.onMessageReceived?.(message));
  }
}

function browserStorage(): CursorStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Storage is closed to this page: after a reload the inbox is read from its beginning.
    return undefined;
  }
}
