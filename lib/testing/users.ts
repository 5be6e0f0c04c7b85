import { type Length, minutesOf } from "./lengths";
import type { ServerApi } from "./server-api";

export interface NewUser {
  /** Default: the short name that the test uses. */
  readonly name?: string;
  readonly avatarUrl?: string;
  /** Short names of users who are registered already. */
  readonly friends?: readonly string[];
  readonly blocks?: readonly string[];
  readonly tags?: readonly string[];
  readonly banned?: Length;
}

/** A registered user of a test. */
export interface TestUser {
  readonly userId: string;
  readonly name: string;
  readonly accessToken: string;
}

/** Users of one test, by short names: `alice` is registered as `<prefix>alice`, so that tests never meet. */
export interface Users {
  /** The user id that a short name stands for. */
  id(short: string): string;
  register(short: string, user?: NewUser): Promise<TestUser>;
  ban(short: string, length: Length): Promise<void>;
  unban(short: string): Promise<void>;
  befriend(one: string, other: string): Promise<void>;
  block(who: string, whom: string): Promise<void>;
  softDelete(short: string): Promise<void>;
  online(short: string): Promise<boolean>;
}

/** Of `addFriend`: friends without being asked. */
const AT_ONCE = 2;

export function usersOf(api: ServerApi, prefix: string): Users {
  const id = (short: string) => `${prefix}${short}`;
  const users: Users = {
    id,
    async register(short, { name = short, avatarUrl, friends = [], blocks = [], tags, banned } = {}) {
      const userId = id(short);
      const { accessToken } = await api.issueAccessToken({
        userId,
        name,
        ...(avatarUrl === undefined ? {} : { avatarUrl }),
      });
      for (const friend of friends) await users.befriend(short, friend);
      for (const blocked of blocks) await users.block(short, blocked);
      if (tags !== undefined) await api.batchSetUserTags({ userIds: [userId], tags: [...tags] });
      if (banned !== undefined) await users.ban(short, banned);
      return { userId, name, accessToken };
    },
    async ban(short, length) {
      await api.banUsers({ userIds: [id(short)], durationMinutes: minutesOf(length) });
    },
    async unban(short) {
      await api.unbanUsers({ userIds: [id(short)] });
    },
    async befriend(one, other) {
      await api.addFriend({ userId: id(one), targetId: id(other), action: AT_ONCE });
    },
    async block(who, whom) {
      await api.addUserBlocklist({ userId: id(who), targetUserIds: [id(whom)] });
    },
    async softDelete(short) {
      await api.softDeleteUsers({ userIds: [id(short)] });
    },
    async online(short) {
      const { status } = await api.getUserConnectionStatus({ userId: id(short) });
      return status === "1";
    },
  };
  return users;
}
