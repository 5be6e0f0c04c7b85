import { LoadError } from "@/components/layout/failures";
import { readForPage } from "@/lib/console/page";
import { listConnections } from "@/lib/core/presence/list-connections";
import { listRefusedConnects } from "@/lib/core/presence/list-refused-connects";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { RefusedConnects } from "./_components/refused-connects";
import { UserConnections } from "./_components/user-connections";

export default function ConnectionsTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, userId }) => {
    const [list, refused] = await Promise.all([
      readForPage(actor, () => listConnections(context, actor, { userId })),
      readForPage(actor, () => listRefusedConnects(context, actor, { userId })),
    ]);
    return (
      <>
        <UserConnections userId={userId} list={list} />
        {refused.ok ? (
          <RefusedConnects rows={refused.data} />
        ) : (
          <LoadError what="the refused connects" error={refused.error} />
        )}
      </>
    );
  });
}
