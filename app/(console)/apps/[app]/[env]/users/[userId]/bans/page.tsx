import { firstValues } from "@/components/data-table/list-url";
import type { SearchParams } from "@/lib/console/page";
import { readForPage } from "@/lib/console/page";
import { listBansOfUser } from "@/lib/core/bans/list-bans";
import { UserBansQuerySchema } from "@/lib/core/bans/list-schema";
import { readUser, type UserPageParams } from "../read-user";
import { UserBans } from "./_components/user-bans";

interface BansTabProps {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

export default async function BansTab({ params, searchParams }: BansTabProps) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const query = UserBansQuerySchema.parse({ ...firstValues(await searchParams), userId });
  const page = await readForPage(actor, () => listBansOfUser(context, actor, query));
  return <UserBans user={user} page={page} size={query.size} />;
}
