import type { Engine } from "./engine";
import type { Message, SendMessageParams } from "./messages";
import { done, ok, type Result } from "./result";

/** A member's place in a group. */
export enum GroupMemberRole {
  UNDEF = 0,
  NORMAL = 1,
  MANAGER = 2,
  OWNER = 3,
}

/** A member as the group shows it. */
export class GroupMemberInfo {
  readonly userId: string;
  readonly name: string;
  readonly nickname: string;
  readonly role: GroupMemberRole;
  readonly extra: string;
  /** Unix milliseconds */
  readonly joinedTime: number;

  constructor(member: Readonly<Omit<GroupMemberInfo, never>>) {
    this.userId = member.userId;
    this.name = member.name;
    this.nickname = member.nickname;
    this.role = member.role;
    this.extra = member.extra;
    this.joinedTime = member.joinedTime;
  }
}

/** The one-to-one channel with another user. */
export class EngineDirectChannel {
  constructor(
    private readonly engine: Engine,
    readonly userId: string,
  ) {}

  /** Resolves when the message is durable at the server. Sent again by itself when the connection is lost meanwhile. */
  sendMessage(params: SendMessageParams): Promise<Result<Message>> {
    return this.engine.sendMessage({ toUserId: this.userId }, params);
  }
}

/** A group that the user is a member of. */
export class EngineGroupChannel {
  constructor(
    private readonly engine: Engine,
    readonly groupId: string,
  ) {}

  sendMessage(params: SendMessageParams): Promise<Result<Message>> {
    return this.engine.sendMessage({ groupId: this.groupId }, params);
  }

  async inviteUsers(userIds: readonly string[]): Promise<Result> {
    return finished(await this.engine.call("group/invite", { groupId: this.groupId, userIds }));
  }

  async kickMembers(userIds: readonly string[]): Promise<Result> {
    return finished(await this.engine.call("group/kick", { groupId: this.groupId, userIds }));
  }

  async join(): Promise<Result> {
    return finished(await this.engine.call("group/join", { groupId: this.groupId }));
  }

  async leave(): Promise<Result> {
    return finished(await this.engine.call("group/leave", { groupId: this.groupId }));
  }

  /** Only the owner may. */
  async dismiss(): Promise<Result> {
    return finished(await this.engine.call("group/dismiss", { groupId: this.groupId }));
  }

  async setMemberInfo(info: { userId: string; nickname?: string; extra?: string }): Promise<Result> {
    return finished(await this.engine.call("group/setMember", { groupId: this.groupId, ...info }));
  }
}

const finished = (answer: Result<unknown>): Result => (answer.isOk ? done() : (answer as Result));

export interface CreateGroupParams {
  readonly groupId: string;
  readonly groupName: string;
  /** They are added at once. */
  readonly inviteeUserIds?: readonly string[];
}

export interface GroupMembersQueryParams {
  readonly groupId: string;
  /** `UNDEF`: all of them. */
  readonly role?: GroupMemberRole;
  /** 1 to 100; default 50 */
  readonly pageSize?: number;
}

export interface GroupMembersPage {
  readonly totalCount: number;
  readonly data: readonly GroupMemberInfo[];
}

/** Reads a group's members page by page, in the order in which they joined. */
export class GroupMembersByRoleQuery {
  #pageToken: string | undefined;
  #hasNext = true;
  #loading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    private readonly params: GroupMembersQueryParams,
  ) {}

  /** Whether there is another page; true before the first one is read. */
  get hasNext(): boolean {
    return this.#hasNext;
  }

  /** After the last page an empty one. Calls that do not wait for each other get one page after another as well. */
  loadNextPage(): Promise<Result<GroupMembersPage>> {
    const page = this.#loading.then(() => this.#load());
    this.#loading = page;
    return page;
  }

  async #load(): Promise<Result<GroupMembersPage>> {
    if (!this.#hasNext) return ok({ totalCount: 0, data: [] });
    const { groupId, role = GroupMemberRole.UNDEF, pageSize } = this.params;
    const answer = await this.engine.call<{
      totalCount: number;
      pageToken?: string;
      members: readonly GroupMemberInfo[];
    }>("group/members", {
      groupId,
      role,
      ...(pageSize === undefined ? {} : { pageSize }),
      ...(this.#pageToken === undefined ? {} : { pageToken: this.#pageToken }),
    });
    if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
    const { totalCount, pageToken, members } = answer.data;
    this.#pageToken = pageToken;
    this.#hasNext = pageToken !== undefined;
    return ok({ totalCount, data: members.map((member) => new GroupMemberInfo(member)) });
  }
}
