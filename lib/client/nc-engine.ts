import {
  type CreateGroupParams,
  EngineDirectChannel,
  EngineGroupChannel,
  type GroupMembersByRoleQuery,
  type GroupMembersQueryParams,
} from "./channels";
import { ConnectionStatus, type ConnectionStatusHandler } from "./connection-status";
import { Engine, type EngineOptions } from "./engine";
import type { MessageHandler } from "./messages";
import { CODES, done, failed, type Result } from "./result";
import type { UserHandler } from "./user-events";
import { UserModule } from "./user-module";

/** `serverUrl` left out: the page's own host, at the service's usual port. */
export type InitializeOptions = Omit<EngineOptions, "serverUrl"> & { readonly serverUrl?: string };

const SERVICE_PORT = 3001;

function withServer(options: InitializeOptions): EngineOptions {
  const { serverUrl, ...rest } = options;
  if (serverUrl !== undefined) return { ...rest, serverUrl };
  const page = globalThis.location;
  return { ...rest, serverUrl: page === undefined ? "" : `${page.protocol}//${page.hostname}:${SERVICE_PORT}` };
}

let engine: Engine | undefined;

/** The engine that `NCEngine.initialize` has made. Throws when there is none: that is a mistake of the program. */
function current(): Engine {
  if (engine === undefined) throw new Error("Call NCEngine.initialize({ appKey, serverUrl }) first.");
  return engine;
}

/** The usual way to the library: one client for the whole page or process. */
export const NCEngine = {
  /** Makes the client. Handlers are added after it, and before `connect`. */
  initialize(options: InitializeOptions): void {
    if (engine !== undefined && engine.getConnectionStatus() !== ConnectionStatus.DISCONNECTED) {
      throw new Error("Call NCEngine.disconnect() before initializing again.");
    }
    engine = new Engine(withServer(options));
  },

  /** A client beside the usual one, with the same members: several users in one page or process. */
  create(options: InitializeOptions): Engine {
    return new Engine(withServer(options));
  },

  connect: async (params: { readonly token: string }): Promise<Result<{ userId: string }>> =>
    engine === undefined ? failed(CODES.notConnected, "Call NCEngine.initialize first.") : engine.connect(params),

  disconnect: async (): Promise<Result> => (engine === undefined ? done() : engine.disconnect()),

  getConnectionStatus: (): ConnectionStatus => engine?.getConnectionStatus() ?? ConnectionStatus.DISCONNECTED,

  get userId(): string | undefined {
    return engine?.userId;
  },

  addConnectionStatusHandler: (id: string, handler: ConnectionStatusHandler): void =>
    current().addConnectionStatusHandler(id, handler),
  removeConnectionStatusHandler: (id: string): void => current().removeConnectionStatusHandler(id),
  addUserHandler: (id: string, handler: UserHandler): void => current().addUserHandler(id, handler),
  removeUserHandler: (id: string): void => current().removeUserHandler(id),
  addMessageHandler: (id: string, handler: MessageHandler): void => current().addMessageHandler(id, handler),
  removeMessageHandler: (id: string): void => current().removeMessageHandler(id),

  /** Own profile, blocklist and friends; calls before `initialize` and before a connection fail as values. */
  userModule: new UserModule(async (method, params) =>
    engine === undefined ? failed(CODES.notConnected, "Call NCEngine.initialize first.") : engine.call(method, params),
  ),
};

/** The one-to-one channel with another user, of the usual client. */
export class DirectChannel extends EngineDirectChannel {
  constructor(userId: string) {
    super(current(), userId);
  }
}

/** A group, of the usual client. */
export class GroupChannel extends EngineGroupChannel {
  constructor(groupId: string) {
    super(current(), groupId);
  }

  /** Creates a group that the connected user owns. */
  static createGroup(params: CreateGroupParams): Promise<Result> {
    return current().createGroup(params);
  }

  static createGroupMembersByRoleQuery(params: GroupMembersQueryParams): GroupMembersByRoleQuery {
    return current().groupMembersByRole(params);
  }
}
