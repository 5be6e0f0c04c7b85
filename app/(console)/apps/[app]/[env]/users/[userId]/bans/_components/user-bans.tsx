"use client";

import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ListScreen } from "@/components/data-table/list-screen";
import type { ActionResult } from "@/lib/console/action-result";
import type { BanRow } from "@/lib/core/bans/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { type UserBansQuery, userBansList } from "../user-bans-list";

interface UserBansProps {
  user: UserDetail;
  query: UserBansQuery;
  page: ActionResult<Page<BanRow>>;
}

/** One user's bans. */
export function UserBans({ user: { userId, status }, query, page }: UserBansProps) {
  return (
    <ListScreen
      list={userBansList}
      query={query}
      page={page}
      given={{ userId }}
      notes={
        status === "banned" ? (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
            <span>Unbanning over the Server API:</span>
            <CopyAs call={serverApiCalls.unbanUsers({ userIds: [userId] })} />
          </div>
        ) : null
      }
    />
  );
}
