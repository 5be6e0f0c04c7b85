import { done, ok, type Result } from "./result";

/** Sends a call of the connected user and gives the answer as a value. */
export type Caller = <Data>(method: string, params: Readonly<Record<string, unknown>>) => Promise<Result<Data>>;

/** A hosted profile; what is not set, or not shown to this user, is missing. */
export interface UserProfile {
  readonly userId: string;
  readonly name?: string;
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
  HIDDEN = 1,
  EVERYONE = 2,
  FRIENDS_ONLY = 3,
}

/** Who may add this user as a friend. */
export enum FriendAddPermission {
  ANYONE = 1,
  NEEDS_APPROVAL = 2,
  NOBODY = 3,
}

export interface FriendInfo {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  /** What this user calls the friend; "" when nothing. */
  readonly remark: string;
  readonly extProfile: Readonly<Record<string, string>>;
  /** Unix milliseconds */
  readonly addTime: number;
  /** Whether this user has blocked the friend. */
  readonly isBlocked: boolean;
}

export interface FriendPage {
  /** Missing on the last page. */
  readonly pageToken?: string;
  readonly totalCount: number;
  readonly data: readonly FriendInfo[];
}

export interface FriendApplication {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  /** 1 sent, 2 received */
  readonly type: number;
  /** 0 open, 1 accepted, 2 refused, 3 expired */
  readonly status: number;
  readonly time: number;
  readonly extra: string;
}

export interface FriendApplicationPage {
  readonly pageToken?: string;
  readonly data: readonly FriendApplication[];
}

export interface FriendRelation {
  readonly userId: string;
  /** 0 none, 1 only in my list, 2 only in theirs, 3 both */
  readonly relation: number;
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
    return this.#part("profile/getOwn", {}, "profile");
  }

  /** What is given overwrites, what is left out stays, "" clears. A refusal names keys in `errorKeys`. */
  async updateMyUserProfile(
    profile: Omit<UserProfile, "userId" | "uniqueId">,
  ): Promise<Result & { readonly errorKeys?: readonly string[] }> {
    return this.#done("profile/updateOwn", { ...profile });
  }

  async getUserProfiles(userIds: readonly string[]): Promise<Result<readonly UserProfile[]>> {
    return this.#part("profile/get", { userIds }, "profiles");
  }

  async searchUserProfileByUniqueId(uniqueId: string): Promise<Result<UserProfile>> {
    return this.#part("profile/searchByUniqueId", { uniqueId }, "profile");
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

  async deleteFriends(userIds: readonly string[]): Promise<Result> {
    return this.#done("friend/remove", { userIds });
  }

  async checkFriends(userIds: readonly string[]): Promise<Result<readonly FriendRelation[]>> {
    return this.#part("friend/check", { userIds }, "relations");
  }

  async getFriends(paging: Paging = {}): Promise<Result<FriendPage>> {
    return this.call("friend/list", { ...paging });
  }

  async getFriendsInfo(userIds: readonly string[]): Promise<Result<readonly FriendInfo[]>> {
    return this.#part("friend/get", { userIds }, "friends");
  }

  async getFriendApplications(
    paging: Paging & { readonly types?: readonly number[]; readonly status?: readonly number[] } = {},
  ): Promise<Result<FriendApplicationPage>> {
    return this.call("friend/requests", { ...paging });
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
