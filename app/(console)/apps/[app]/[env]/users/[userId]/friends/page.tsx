import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { countOpenRequests } from "@/lib/core/friends/count-open-requests";
import { getFriendPermissions } from "@/lib/core/friends/friend-permission";
import { UserFriendsQuerySchema } from "@/lib/core/friends/list-schema";
import { pageFriendsOfUser } from "@/lib/core/friends/page-friends";
import { getSettings } from "@/lib/core/settings/get-settings";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserFriends } from "./_components/user-friends";

interface FriendsTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function FriendsTab({ params, searchParams }: FriendsTabProps) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const query = await readListQuery(UserFriendsQuerySchema, searchParams);
    const [page, requests, level, preference] = await Promise.all([
      readForPage(actor, () => pageFriendsOfUser(context, actor, { userId, ...query })),
      readForPage(actor, () => countOpenRequests(context, actor, { userId })),
      readForPage(actor, () => getFriendPermissions(context, actor, { userIds: [userId] })),
      readForPage(actor, async () => (await getSettings(context, actor)).values.friendRequestPreference),
    ]);
    const own = level.ok ? level.data[0] : undefined;
    return (
      <UserFriends
        user={user}
        query={query}
        page={page}
        requests={requests.ok ? requests.data : null}
        level={
          level.ok && preference.ok
            ? { own: own?.own === true ? own.permission : null, preference: preference.data }
            : null
        }
      />
    );
  });
}
