import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { countBlockedBy } from "@/lib/core/blocklist/count-blocked-by";
import { UserBlocksQuerySchema } from "@/lib/core/blocklist/list-schema";
import { pageBlocksOfUser } from "@/lib/core/blocklist/page-blocks";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserBlocklist } from "./_components/user-blocklist";

interface BlocklistTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function BlocklistTab({ params, searchParams }: BlocklistTabProps) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const query = await readListQuery(UserBlocksQuerySchema, searchParams);
    const [page, blockedBy] = await Promise.all([
      readForPage(actor, () => pageBlocksOfUser(context, actor, { userId, ...query })),
      readForPage(actor, () => countBlockedBy(context, actor, { userId })),
    ]);
    return <UserBlocklist user={user} query={query} page={page} blockedBy={blockedBy.ok ? blockedBy.data : null} />;
  });
}
