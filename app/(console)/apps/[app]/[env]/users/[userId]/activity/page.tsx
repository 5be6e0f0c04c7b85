import { readListQuery } from "@/components/data-table/list-address";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listUserActivity } from "@/lib/core/audit/list-audit-entries";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserActivity } from "./_components/user-activity";
import { activityList } from "./activity-list";

interface ActivityTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default function ActivityTab({ params, searchParams }: ActivityTabProps) {
  return userTab(params, async ({ context, actor, userId }) => {
    const query = await readListQuery(activityList, searchParams);
    const page = await readForPage(actor, () => listUserActivity(context, actor, { userId, ...query }));
    return <UserActivity page={page} query={query} />;
  });
}
