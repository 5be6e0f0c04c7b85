import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listUserActivity } from "@/lib/core/audit/list-audit-entries";
import { UserActivityQuerySchema } from "@/lib/core/audit/list-schema";
import { readUser, type UserPageParams } from "../read-user";
import { UserActivity } from "./_components/user-activity";

interface ActivityTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default async function ActivityTab({ params, searchParams }: ActivityTabProps) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const query = UserActivityQuerySchema.parse({ ...firstValues(await searchParams), userId });
  const page = await readForPage(actor, () => listUserActivity(context, actor, query));
  return <UserActivity page={page} size={query.size} />;
}
