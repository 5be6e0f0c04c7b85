import { readForPage } from "@/lib/console/page";
import { listConnections } from "@/lib/core/presence/list-connections";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserConnections } from "./_components/user-connections";

export default function ConnectionsTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, userId }) => {
    const list = await readForPage(actor, () => listConnections(context, actor, { userId }));
    return <UserConnections userId={userId} list={list} />;
  });
}
