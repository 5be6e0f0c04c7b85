import { readForPage } from "@/lib/console/page";
import { listConnections } from "@/lib/core/presence/list-connections";
import { readUser, type UserPageParams } from "../read-user";
import { UserConnections } from "./_components/user-connections";

export default async function ConnectionsTab({ params }: { params: Promise<UserPageParams> }) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const list = await readForPage(actor, () => listConnections(context, actor, { userId }));
  return <UserConnections userId={userId} list={list} />;
}
