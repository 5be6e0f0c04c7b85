import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listUserActivity } from "@/lib/core/audit/list-audit-entries";
import { UserActivityQuerySchema } from "@/lib/core/audit/list-schema";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserActivity } from "./_components/user-activity";

interface ActivityTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function ActivityTab({ params, searchParams }: ActivityTabProps) {
  return userTab(params, async ({ context, actor, userId }) => {
    const query = await readListQuery(UserActivityQuerySchema.omit({ userId: true }), searchParams);
    const page = await readForPage(actor, () => listUserActivity(context, actor, { userId, ...query }));
    return <UserActivity page={page} query={query} />;
  });
}
