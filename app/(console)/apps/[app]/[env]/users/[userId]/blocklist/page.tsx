import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { countBlockedBy } from "@/lib/core/blocklist/count-blocked-by";
import { UserBlocksQuerySchema } from "@/lib/core/blocklist/list-schema";
import { pageBlocksOfUser } from "@/lib/core/blocklist/page-blocks";
import { readUser, type UserPageParams } from "../read-user";
import { UserBlocklist } from "./_components/user-blocklist";

interface BlocklistTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default async function BlocklistTab({ params, searchParams }: BlocklistTabProps) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const query = UserBlocksQuerySchema.parse(firstValues(await searchParams));
  const [page, blockedBy] = await Promise.all([
    readForPage(actor, () => pageBlocksOfUser(context, actor, { userId, ...query })),
    readForPage(actor, () => countBlockedBy(context, actor, { userId })),
  ]);
  return <UserBlocklist user={user} query={query} page={page} blockedBy={blockedBy.ok ? blockedBy.data : null} />;
}
