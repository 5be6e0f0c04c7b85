import { EngineDirectChannel, EngineGroupChannel } from "./channels";
import { ConnectionStatus, type ConnectionStatusHandler } from "./connection-status";
import { Engine, type EngineOptions } from "./engine";
import type { GroupChannelHandler } from "./group-events";
import type { CreateGroupParams, GroupInfo } from "./group-info";
import type { GroupMembersByRoleQuery, GroupMembersQueryParams } from "./group-members";
import type { JoinedGroupsByRoleQuery, JoinedGroupsQueryParams } from "./joined-groups";
import type { MessageHandler } from "./messages";
import { CODES, failed, type Result } from "./result";
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
  /** Makes the client; a connection of the one before it ends. Handlers are added after it, and before `connect`. */
  initialize(options: InitializeOptions): void {
    void engine?.disconnect();
    engine = new Engine(withServer(options));
  },

  /** A client beside the usual one, with the same members: several users in one page or process. */
  create(options: InitializeOptions): Engine {
    return new Engine(withServer(options));
  },

  connect: async (params: { readonly token: string }): Promise<Result<{ userId: string }>> =>
    engine === undefined ? failed(CODES.notConnected, "Call NCEngine.initialize first.") : engine.connect(params),

  /** The user is offline at once, and nothing is tried again. With `disablePush` the user counts as signed out. */
  disconnect: async (disablePush = false): Promise<void> => engine?.disconnect(disablePush),

  getConnectionStatus: (): ConnectionStatus => engine?.getConnectionStatus() ?? ConnectionStatus.DISCONNECTED,

  get userId(): string | undefined {
    return engine?.userId;
  },

  /** "" before the first connection. */
  getCurrentUserId: (): string => engine?.getCurrentUserId() ?? "",

  /** By how many milliseconds the server's clock is ahead of this one's; 0 before the first connection. */
  getServerTimeDelta: (): number => engine?.getServerTimeDelta() ?? 0,

  addConnectionStatusHandler: (id: string, handler: ConnectionStatusHandler): void =>
    current().addConnectionStatusHandler(id, handler),
  removeConnectionStatusHandler: (id: string): void => current().removeConnectionStatusHandler(id),
  addUserHandler: (id: string, handler: UserHandler): void => current().addUserHandler(id, handler),
  removeUserHandler: (id: string): void => current().removeUserHandler(id),
  addMessageHandler: (id: string, handler: MessageHandler): void => current().addMessageHandler(id, handler),
  removeMessageHandler: (id: string): void => current().removeMessageHandler(id),
  addGroupChannelHandler: (id: string, handler: GroupChannelHandler): void =>
    current().addGroupChannelHandler(id, handler),
  removeGroupChannelHandler: (id: string): void => current().removeGroupChannelHandler(id),

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

  /** Groups by their ids (at most 100), in this order; those that do not exist are left out. */
  static getGroupsInfo(groupIds: readonly string[]): Promise<Result<readonly GroupInfo[]>> {
    return current().groupsInfo(groupIds);
  }

  /** Those of the groups that the connected user is in. */
  static getJoinedGroups(groupIds: readonly string[]): Promise<Result<readonly GroupInfo[]>> {
    return current().joinedGroups(groupIds);
  }

  static createJoinedGroupsByRoleQuery(params: JoinedGroupsQueryParams = {}): JoinedGroupsByRoleQuery {
    return current().joinedGroupsByRole(params);
  }

  static createGroupMembersByRoleQuery(params: GroupMembersQueryParams): GroupMembersByRoleQuery {
    return current().groupMembersByRole(params);
  }
}
