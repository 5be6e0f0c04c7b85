import { callBack } from "./call-back";
import { EngineDirectChannel, EngineGroupChannel } from "./channels";
import { ConnectionStatus, type ConnectionStatusChange, type ConnectionStatusHandler } from "./connection-status";
import { type GroupChannelHandler, tellGroupHandler } from "./group-events";
import { type CreateGroupParams, fromGroupDetails, type GroupInfo, toGroupInfo, type WireGroup } from "./group-info";
import { GroupMembersByRoleQuery, type GroupMembersQueryParams } from "./group-members";
import { type CursorStorage, Inbox } from "./inbox";
import { JoinedGroupsByRoleQuery, type JoinedGroupsQueryParams } from "./joined-groups";
import { Link } from "./link";
import type { LogLevel } from "./log-level";
import { type Message, type MessageHandler, type SendMessageParams, toMessage, type WireMessage } from "./messages";
import { Outbox } from "./outbox";
import { done, ok, type Result } from "./result";
import type { FrameObserver } from "./rpc-socket";
import { tellUserHandler, type UserHandler } from "./user-events";
import { type Caller, UserModule } from "./user-module";

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
  /** Taken for code that says it; this library logs nothing. */
  readonly logLevel?: LogLevel;
  /** Taken for code that says it; `serverUrl` says where the service is. */
  readonly areaCode?: string | number;
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
  readonly #groupHandlers = new Map<string, GroupChannelHandler>();
  readonly #call: Caller = (method, params) => this.call(method, params);

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
    this.userModule = new UserModule(this.#call);
  }

  // connection

  /** Connects with an access token and stays connected. Give `data.userId`; call it once. */
  connect({ token }: { readonly token: string }): Promise<Result<{ userId: string }>> {
    return this.#link.connect(token);
  }

  /** The user is offline at once, and nothing is tried again. With `disablePush` the user counts as signed out. */
  disconnect(disablePush = false): Promise<void> {
    return this.#link.disconnect(disablePush);
  }

  getConnectionStatus(): ConnectionStatus {
    return this.#link.status;
  }

  /** The connected user; undefined before the first connection. */
  get userId(): string | undefined {
    return this.#link.userId;
  }

  /** "" before the first connection. */
  getCurrentUserId(): string {
    return this.userId ?? "";
  }

  /** By how many milliseconds the server's clock is ahead of this one's; 0 before the first connection. */
  getServerTimeDelta(): number {
    return this.#link.serverTimeDelta;
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

  addGroupChannelHandler(id: string, handler: GroupChannelHandler): void {
    this.#groupHandlers.set(id, handler);
  }

  removeGroupChannelHandler(id: string): void {
    this.#groupHandlers.delete(id);
  }

  // channels

  directChannel(userId: string): EngineDirectChannel {
    return new EngineDirectChannel(this, userId);
  }

  groupChannel(groupId: string): EngineGroupChannel {
    return new EngineGroupChannel(this, groupId);
  }

  /** Creates a group that this user owns. */
  async createGroup({ groupId, inviteeUserIds = [], ...details }: CreateGroupParams): Promise<Result> {
    const answer = await this.call("group/create", { groupId, inviteeUserIds, ...fromGroupDetails(details) });
    return answer.isOk ? done() : (answer as Result);
  }

  /** Groups by their ids (at most 100), in this order; those that do not exist are left out. */
  async groupsInfo(groupIds: readonly string[]): Promise<Result<readonly GroupInfo[]>> {
    const answer = await this.call<{ groups: readonly WireGroup[] }>("group/info", { groupIds });
    if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
    return ok(answer.data.groups.map((group) => toGroupInfo(group)));
  }

  /** Those of the groups that this user is in. */
  async joinedGroups(groupIds: readonly string[]): Promise<Result<readonly GroupInfo[]>> {
    const answer = await this.groupsInfo(groupIds);
    return answer.isOk ? ok(answer.data?.filter(({ role }) => role !== undefined) ?? []) : answer;
  }

  joinedGroupsByRole(params: JoinedGroupsQueryParams = {}): JoinedGroupsByRoleQuery {
    return new JoinedGroupsByRoleQuery(this.#call, params);
  }

  groupMembersByRole(params: GroupMembersQueryParams): GroupMembersByRoleQuery {
    return new GroupMembersByRoleQuery(this.#call, params);
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
    for (const handler of this.#userHandlers.values()) callBack(() => tellUserHandler(handler, method, params));
    for (const handler of this.#groupHandlers.values()) callBack(() => tellGroupHandler(handler, method, params));
  }

  #received(wire: WireMessage): void {
    const message = toMessage(wire, this.userId ?? "");
    const event = { ...message, messages: [message] };
    for (const { callbacks } of this.#messageHandlers.values()) callBack(() => callbacks.onMessageReceived?.(event));
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
