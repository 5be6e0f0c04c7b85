import { type JoinedGroup, toGroupInfo, type WireGroup } from "./group-info";
import { GroupMemberRole } from "./group-members";
import { orderOf } from "./names";
import { PagedQuery } from "./paged-query";
import { ok, type Result } from "./result";
import type { Caller } from "./user-module";

export interface JoinedGroupsQueryParams {
  /** The user's own place in them; `UNDEF`: any. */
  readonly role?: GroupMemberRole;
  /** 1 to 100; default 50 */
  readonly pageSize?: number;
  /** Those joined first come first (default), or last. */
  readonly isAscending?: boolean;
}

export interface JoinedGroupsPage {
  readonly data: readonly JoinedGroup[];
}

/** Reads the groups that the user is in page by page, by the order in which they were joined. */
export class JoinedGroupsByRoleQuery extends PagedQuery<JoinedGroupsPage> {
  constructor(call: Caller, { role = GroupMemberRole.UNDEF, pageSize, isAscending }: JoinedGroupsQueryParams) {
    const asked = { role, ...(pageSize === undefined ? {} : { pageSize }), ...orderOf(isAscending) };
    super(
      async (paging) => {
        const answer = await call<{ pageToken?: string; groups: readonly WireGroup[] }>("group/joined", {
          ...asked,
          ...paging,
        });
        if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
        const { pageToken, groups } = answer.data;
        return ok({ pageToken, page: { data: groups.map((group) => toGroupInfo(group)) } });
      },
      { data: [] },
    );
  }
}
