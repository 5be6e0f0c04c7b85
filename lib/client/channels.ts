import type { Engine } from "./engine";
import { fromGroupDetails, type UpdateGroupParams } from "./group-info";
import { GroupMemberInfo, type WireMember } from "./group-members";
import { ChannelType, type Message, type SendMessageParams } from "./messages";
import { done, ok, type Result } from "./result";

/** The one-to-one channel with another user. */
export class EngineDirectChannel {
  readonly channelType = ChannelType.DIRECT;

  constructor(
    private readonly engine: Engine,
    readonly userId: string,
  ) {}

  /** The other user. */
  get channelId(): string {
    return this.userId;
  }

  /** Resolves when the message is durable at the server. Sent again by itself when the connection is lost meanwhile. */
  sendMessage(params: SendMessageParams): Promise<Result<Message>> {
    return this.engine.sendMessage({ toUserId: this.userId }, params);
  }
}

/** 0: done; 25424: it waits until somebody in the group lets this user in. */
interface Processed {
  readonly processCode: number;
}

/** What is to go with a membership. Favorites always do; mutes and lists of allowed senders do not exist here. */
type MembershipEndConfig = Readonly<Record<string, unknown>>;

export interface GroupFavorite {
  readonly userId: string;
  /** Unix milliseconds */
  readonly time: number;
}

/** A group. Most calls are for its members. */
export class EngineGroupChannel {
  readonly channelType = ChannelType.GROUP;

  constructor(
    private readonly engine: Engine,
    readonly groupId: string,
  ) {}

  get channelId(): string {
    return this.groupId;
  }

  sendMessage(params: SendMessageParams): Promise<Result<Message>> {
    return this.engine.sendMessage({ groupId: this.groupId }, params);
  }

  /** What is given overwrites, what is left out stays. */
  updateInfo({ groupId: _ours, ...details }: UpdateGroupParams): Promise<Result> {
    return this.#done("updateInfo", fromGroupDetails(details));
  }

  async inviteUsers(userIds: readonly string[]): Promise<Result<Processed>> {
    const answer = await this.#done("invite", { userIds });
    return answer.isOk ? ok({ processCode: 0 }) : (answer as Result<never>);
  }

  /** Lets in who wants to join. */
  acceptApplication({ applicantId }: { readonly applicantId: string }): Promise<Result> {
    return this.#done("invite", { userIds: [applicantId] });
  }

  kickMembers(
    who: readonly string[] | { readonly userIds: readonly string[]; readonly config?: MembershipEndConfig },
  ): Promise<Result> {
    return this.#done("kick", { userIds: "userIds" in who ? who.userIds : who });
  }

  /** `processCode` 0: a member now; 25424: somebody in the group has to let this user in. */
  join(): Promise<Result<Processed>> {
    return this.#call("join");
  }

  leave(_config?: MembershipEndConfig): Promise<Result> {
    return this.#done("leave");
  }

  /** Only the owner may. */
  dismiss(): Promise<Result> {
    return this.#done("dismiss");
  }

  /** Only the owner may. */
  transferOwner(params: {
    readonly newOwnerId: string;
    readonly leaveAfterTransfer?: boolean;
    readonly config?: MembershipEndConfig;
  }): Promise<Result> {
    const { newOwnerId, leaveAfterTransfer: leave = false } = params;
    return this.#done("transfer", { newOwnerId, leave });
  }

  /** Only the owner may. At most ten members are admins. */
  addAdmins(userIds: readonly string[]): Promise<Result> {
    return this.#done("addAdmins", { userIds });
  }

  removeAdmins(userIds: readonly string[]): Promise<Result> {
    return this.#done("removeAdmins", { userIds });
  }

  async getMembers(userIds: readonly string[]): Promise<Result<readonly GroupMemberInfo[]>> {
    const answer = await this.#call<{ members: readonly WireMember[] }>("membersById", { userIds });
    if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
    return ok(answer.data.members.map((member) => new GroupMemberInfo(member)));
  }

  setMemberInfo(info: { userId: string; nickname?: string; extra?: string }): Promise<Result> {
    return this.#done("setMember", info);
  }

  /** Members whom this user marks; nobody else sees it. At most 200. */
  addFavorites(userIds: readonly string[]): Promise<Result> {
    return this.#done("addFavorites", { userIds });
  }

  removeFavorites(userIds: readonly string[]): Promise<Result> {
    return this.#done("removeFavorites", { userIds });
  }

  async getFavorites(): Promise<Result<readonly GroupFavorite[]>> {
    const answer = await this.#call<{ favorites: readonly GroupFavorite[] }>("favorites");
    return answer.isOk ? ok(answer.data?.favorites ?? []) : (answer as Result<never>);
  }

  #call<Data>(method: string, params: object = {}): Promise<Result<Data>> {
    return this.engine.call<Data>(`group/${method}`, { ...params, groupId: this.groupId });
  }

  async #done(method: string, params: object = {}): Promise<Result> {
    const answer = await this.#call(method, params);
    return answer.isOk ? done() : (answer as Result);
  }
}
