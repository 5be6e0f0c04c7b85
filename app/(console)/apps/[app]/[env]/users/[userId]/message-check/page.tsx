import { firstValues } from "@/components/data-table/list-url";
import { readForPage, type SearchParams } from "@/lib/console/page";
import { explainMayMessage } from "@/lib/core/messages/explain-may-message";
import { UserIdSchema } from "@/lib/core/users/schema";
import type { UserPageParams } from "../read-user";
import { userTab } from "../user-tab";
import { MessageChecks } from "./_components/message-checks";

interface Props {
  params: Promise<UserPageParams>;
  searchParams: SearchParams;
}

/** "Can A message B?" for one user and another, in both directions. */
export default function MessageCheckTab({ params, searchParams }: Props) {
  return userTab(params, async ({ context, actor, userId }) => {
    const other = UserIdSchema.safeParse(firstValues(await searchParams).with).data ?? "";
    const ask = (fromUserId: string, toUserId: string) =>
      readForPage(actor, () => explainMayMessage(context, actor, { fromUserId, toUserId }));
    const answers = other === "" ? null : await Promise.all([ask(userId, other), ask(other, userId)]);
    return <MessageChecks userId={userId} other={other} answers={answers} />;
  });
}
