import {
  type FriendApplication,
  type FriendApplicationStatus,
  type FriendApplicationType,
  type FriendInfo,
  type FriendRelation,
  toFriendApplication,
  toFriendInfo,
  toFriendRelation,
  type WireApplication,
  type WireFriend,
  type WireRelation,
} from "./friends";
import { orderOf, withAvatar, withPortrait } from "./names";
import { PagedQuery } from "./paged-query";
import { done, ok, type Result } from "./result";

/** Sends a call of the connected user and gives the answer as a value. */
export type Caller = <Data>(method: string, params: Readonly<Record<string, unknown>>) => Promise<Result<Data>>;

/** A hosted profile; what is not set, or not shown to this user, is missing. */
export interface UserProfile {
  readonly userId: string;
  readonly name?: string;
  readonly avatarUrl?: string;
  /** The older name of `avatarUrl`. */
  readonly portraitUri?: string;
  readonly uniqueId?: string;
  readonly email?: string;
  readonly birthday?: string;
  /** 0 unknown, 1 male, 2 female */
  readonly gender?: number;
  readonly location?: string;
  readonly role?: number;
  readonly level?: number;
  /** `ext_…` keys that the console declares */
  readonly extProfile?: Readonly<Record<string, string>>;
}

/** Who sees a profile beyond its name and portrait. */
export enum UserProfileVisibility {
  /** As the app's default says. */
  NOT_SET = 0,
  INVISIBLE = 1,
  EVERYONE = 2,
  FriendVisible = 3,
  HIDDEN = INVISIBLE,
  FRIENDS_ONLY = FriendVisible,
}

/** Who may add this user as a friend. */
export enum FriendAddPermission {
  FREE = 1,
  NEED_VERIFY = 2,
  NO_ONE_ALLOWED = 3,
  ANYONE = FREE,
  NEEDS_APPROVAL = NEED_VERIFY,
  NOBODY = NO_ONE_ALLOWED,
}

export interface FriendPage {
  /** Missing on the last page. */
  readonly pageToken?: string;
  readonly totalCount: number;
  readonly data: readonly FriendInfo[];
}

export interface FriendApplicationPage {
  readonly pageToken?: string;
  readonly data: readonly FriendApplication[];
}

export interface FriendsQueryParams {
  /** 1 to 100; default 50 */
  readonly pageSize?: number;
  /** Oldest first (default), or newest first. */
  readonly isAscending?: boolean;
}

export interface FriendApplicationsQueryParams extends FriendsQueryParams {
  /** Left out: both. */
  readonly applicationTypes?: readonly FriendApplicationType[];
  /** Left out: all. */
  readonly applicationStatuses?: readonly FriendApplicationStatus[];
}

/** A page as the gateway gives it. */
interface Paged<Wire> {
  readonly pageToken?: string;
  readonly data: readonly Wire[];
}

/** What has come, made of what the gateway tells. */
function read<Wire, Data>(answer: Result<Wire>, make: (wire: Wire) => Data): Result<Data> {
  return answer.isOk && answer.data !== undefined ? ok(make(answer.data)) : (answer as Result<never>);
}

interface Paging {
  /** 1 to 100; default 50 */
  readonly count?: number;
  readonly pageToken?: string;
  /** 0 oldest first (default), 1 newest first */
  readonly order?: number;
}

/** Own profile, blocklist and friends of the connected user. */
export class UserModule {
  constructor(private readonly call: Caller) {}

  // profiles

  async getMyUserProfile(): Promise<Result<UserProfile>> {
    return read(await this.#part<UserProfile>("profile/getOwn", {}, "profile"), withAvatar);
  }

  /** What is given overwrites, what is left out stays, "" clears. A refusal names keys in `errorKeys`. */
  async updateMyUserProfile(
    profile: Omit<UserProfile, "userId" | "uniqueId">,
  ): Promise<Result & { readonly errorKeys?: readonly string[] }> {
    return this.#done("profile/updateOwn", { ...withPortrait(profile) });
  }

  async getUserProfiles(userIds: readonly string[]): Promise<Result<readonly UserProfile[]>> {
    return read(await this.#part<UserProfile[]>("profile/get", { userIds }, "profiles"), (all) => all.map(withAvatar));
  }

  async searchUserProfileByUniqueId(uniqueId: string): Promise<Result<UserProfile>> {
    return read(await this.#part<UserProfile>("profile/searchByUniqueId", { uniqueId }, "profile"), withAvatar);
  }

  async updateMyUserProfileVisibility(visibility: UserProfileVisibility): Promise<Result> {
    return this.#done("profile/setVisibility", { visibility });
  }

  async getMyUserProfileVisibility(): Promise<Result<UserProfileVisibility>> {
    return this.#part("profile/getVisibility", {}, "visibility");
  }

  // blocklist

  async addToBlocklist(userId: string): Promise<Result> {
    return this.#done("blocklist/add", { userId });
  }

  async removeFromBlocklist(userId: string): Promise<Result> {
    return this.#done("blocklist/remove", { userId });
  }

  async checkBlocked(userId: string): Promise<Result<boolean>> {
    return this.#part("blocklist/check", { userId }, "blocked");
  }

  async getBlocklist(): Promise<Result<readonly string[]>> {
    return this.#part("blocklist/get", {}, "userIds");
  }

  // friends

  /** `processCode` 0: friends now; 25461: the request waits for approval. */
  async addFriend({ userId, extra }: { userId: string; extra?: string }): Promise<Result<{ processCode: number }>> {
    return this.call("friend/add", { userId, ...(extra === undefined ? {} : { extra }) });
  }

  async acceptFriendApplication(userId: string): Promise<Result> {
    return this.#done("friend/accept", { userId });
  }

  async refuseFriendApplication(userId: string): Promise<Result> {
    return this.#done("friend/refuse", { userId });
  }

  async removeFriends(userIds: readonly string[]): Promise<Result> {
    return this.#done("friend/remove", { userIds });
  }

  /** The older name of `removeFriends`. */
  deleteFriends(userIds: readonly string[]): Promise<Result> {
    return this.removeFriends(userIds);
  }

  async checkFriends(userIds: readonly string[]): Promise<Result<readonly FriendRelation[]>> {
    const answer = await this.#part<WireRelation[]>("friend/check", { userIds }, "relations");
    return read(answer, (all) => all.map(toFriendRelation));
  }

  async getFriends(paging: Paging = {}): Promise<Result<FriendPage>> {
    const answer = await this.call<Paged<WireFriend> & { readonly totalCount: number }>("friend/list", { ...paging });
    return read(answer, ({ data, ...rest }) => ({ ...rest, data: data.map(toFriendInfo) }));
  }

  async getFriendsInfo(userIds: readonly string[]): Promise<Result<readonly FriendInfo[]>> {
    return read(await this.#part<WireFriend[]>("friend/get", { userIds }, "friends"), (all) => all.map(toFriendInfo));
  }

  async getFriendApplications(
    paging: Paging & { readonly types?: readonly number[]; readonly status?: readonly number[] } = {},
  ): Promise<Result<FriendApplicationPage>> {
    const answer = await this.call<Paged<WireApplication>>("friend/requests", { ...paging });
    return read(answer, ({ data, ...rest }) => ({ ...rest, data: data.map(toFriendApplication) }));
  }

  /** Reads the friends page by page. */
  createFriendsQuery({ pageSize, isAscending }: FriendsQueryParams = {}): PagedQuery<FriendPage> {
    const asked = { ...(pageSize === undefined ? {} : { count: pageSize }), ...orderOf(isAscending) };
    return new PagedQuery(
      async (paging) =>
        read(await this.getFriends({ ...asked, ...paging }), ({ pageToken, ...page }) => ({ page, pageToken })),
      { totalCount: 0, data: [] },
    );
  }

  /** Reads the requests page by page. */
  createFriendApplicationsQuery(params: FriendApplicationsQueryParams = {}): PagedQuery<FriendApplicationPage> {
    const { applicationTypes: types, applicationStatuses: status, pageSize, isAscending } = params;
    const asked = {
      ...(types === undefined ? {} : { types }),
      ...(status === undefined ? {} : { status }),
      ...(pageSize === undefined ? {} : { count: pageSize }),
      ...orderOf(isAscending),
    };
    return new PagedQuery(
      async (paging) =>
        read(await this.getFriendApplications({ ...asked, ...paging }), ({ pageToken, ...page }) => ({
          page,
          pageToken,
        })),
      { data: [] },
    );
  }

  /** What this user calls a friend, and attributes about the friend that only this user sees. */
  async setFriendInfo({
    userId,
    remark,
    extProfile,
  }: {
    userId: string;
    remark?: string;
    extProfile?: Readonly<Record<string, string>>;
  }): Promise<Result> {
    return this.#done("friend/setNote", {
      userId,
      ...(remark === undefined ? {} : { remark }),
      ...(extProfile === undefined ? {} : { extProfile }),
    });
  }

  async setFriendAddPermission(permission: FriendAddPermission): Promise<Result> {
    return this.#done("friend/setPermission", { permission });
  }

  async getFriendAddPermission(): Promise<Result<FriendAddPermission>> {
    return this.#part("friend/getPermission", {}, "permission");
  }

  async #done(method: string, params: Readonly<Record<string, unknown>>): Promise<Result> {
    const answer = await this.call(method, params);
    return answer.isOk ? done() : (answer as Result);
  }

  async #part<Data>(method: string, params: Readonly<Record<string, unknown>>, name: string): Promise<Result<Data>> {
    const answer = await this.call<Record<string, Data>>(method, params);
    return answer.isOk ? ok(answer.data?.[name] as Data) : (answer as Result<never>);
  }
}
