import { orderOf } from "./names";
import { PagedQuery } from "./paged-query";
import { ok, type Result } from "./result";
import type { Caller } from "./user-module";

/** A member's place in a group. */
export enum GroupMemberRole {
  UNDEF = 0,
  NORMAL = 1,
  ADMIN = 2,
  OWNER = 3,
  /** The older name of `ADMIN`. */
  MANAGER = ADMIN,
}

/** A member as the gateway tells it. */
export interface WireMember {
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  readonly nickname: string;
  readonly role: GroupMemberRole;
  readonly extra: string;
  readonly joinedTime: number;
}

/** A member as the group shows it. */
export class GroupMemberInfo {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly portraitUri: string;
  readonly nickname: string;
  readonly role: GroupMemberRole;
  readonly extra: string;
  /** Unix milliseconds */
  readonly joinedTime: number;

  constructor(member: WireMember) {
    this.userId = member.userId;
    this.name = member.name;
    this.avatarUrl = member.portraitUri;
    this.portraitUri = member.portraitUri;
    this.nickname = member.nickname;
    this.role = member.role;
    this.extra = member.extra;
    this.joinedTime = member.joinedTime;
  }
}

export interface GroupMembersQueryParams {
  readonly groupId: string;
  /** `UNDEF`: all of them. */
  readonly role?: GroupMemberRole;
  /** 1 to 100; default 50 */
  readonly pageSize?: number;
  /** Who joined first comes first (default), or last. */
  readonly isAscending?: boolean;
}

export interface GroupMembersPage {
  readonly totalCount: number;
  readonly data: readonly GroupMemberInfo[];
}

/** Reads a group's members page by page, by the order in which they joined. */
export class GroupMembersByRoleQuery extends PagedQuery<GroupMembersPage> {
  constructor(call: Caller, params: GroupMembersQueryParams) {
    const { groupId, role = GroupMemberRole.UNDEF, pageSize, isAscending } = params;
    const asked = { groupId, role, ...(pageSize === undefined ? {} : { pageSize }), ...orderOf(isAscending) };
    super(
      async (paging) => {
        const answer = await call<{ totalCount: number; pageToken?: string; members: readonly WireMember[] }>(
          "group/members",
          { ...asked, ...paging },
        );
        if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
        const { totalCount, pageToken, members } = answer.data;
        return ok({ pageToken, page: { totalCount, data: members.map((member) => new GroupMemberInfo(member)) } });
      },
      { totalCount: 0, data: [] },
    );
  }
}
