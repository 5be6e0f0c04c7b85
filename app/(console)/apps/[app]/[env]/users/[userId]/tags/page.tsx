import { readForPage } from "@/lib/console/page";
import { batchGetUserTags } from "@/lib/core/tags/batch-get-user-tags";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { UserTags } from "./_components/user-tags";

export default function TagsTab({ params }: { params: Promise<UserPageParams> }) {
  return userTab(params, async ({ context, actor, user, userId }) => {
    const tags = await readForPage(
      actor,
      async () => (await batchGetUserTags(context, actor, { userIds: [userId] }))[0]?.tags ?? null,
    );
    return <UserTags user={user} tags={tags} />;
  });
}
