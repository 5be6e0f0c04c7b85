import { readForPage } from "@/lib/console/page";
import { batchGetUserTags } from "@/lib/core/tags/batch-get-user-tags";
import { readUser, type UserPageParams } from "../read-user";
import { UserTags } from "./_components/user-tags";

export default async function TagsTab({ params }: { params: Promise<UserPageParams> }) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const tags = await readForPage(
    actor,
    async () => (await batchGetUserTags(context, actor, { userIds: [userId] }))[0]?.tags ?? null,
  );
  return <UserTags user={user} tags={tags} />;
}
