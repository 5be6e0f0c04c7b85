import { readListQuery } from "@/components/data-table/list-address";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listBansOfUser } from "@/lib/core/bans/list-bans";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserBans } from "./_components/user-bans";
import { userBansList } from "./user-bans-list";

interface BansTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function BansTab({ params, searchParams }: BansTabProps) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const query = await readListQuery(userBansList, searchParams);
    const page = await readForPage(actor, () => listBansOfUser(context, actor, { userId, ...query }));
    return <UserBans user={user} page={page} query={query} />;
  });
}
