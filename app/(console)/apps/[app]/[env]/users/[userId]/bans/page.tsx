import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listBansOfUser } from "@/lib/core/bans/list-bans";
import { UserBansQuerySchema } from "@/lib/core/bans/list-schema";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserBans } from "./_components/user-bans";

interface BansTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function BansTab({ params, searchParams }: BansTabProps) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const query = await readListQuery(UserBansQuerySchema.omit({ userId: true }), searchParams);
    const page = await readForPage(actor, () => listBansOfUser(context, actor, { userId, ...query }));
    return <UserBans user={user} page={page} query={query} />;
  });
}
