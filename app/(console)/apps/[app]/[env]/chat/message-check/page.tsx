import type { Metadata } from "next";
import { firstValues } from "@/components/data-table/list-url";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage, type SearchParams } from "@/lib/console/page";
import { explainMayMessage } from "@/lib/core/messages/explain-may-message";
import { UserIdSchema } from "@/lib/core/users/schema";
import { MessageCheck } from "./_components/message-check";

/** A user of the pair in the address; "" for one that is missing or can be nobody's id. */
const userIdOf = (text: string | undefined) => UserIdSchema.safeParse(text).data ?? "";

export const metadata: Metadata = { title: "Message check" };

interface MessageCheckPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function MessageCheckPage({ params, searchParams }: MessageCheckPageProps) {
  const { context, actor, environment } = await pageActor(await params, "users.read");
  const values = firstValues(await searchParams);
  const [from, to] = [userIdOf(values.from), userIdOf(values.to)];
  const answer =
    from === "" || to === ""
      ? null
      : await readForPage(actor, () => explainMayMessage(context, actor, { fromUserId: from, toUserId: to }));
  return (
    <div className="max-w-3xl">
      <PageHeader
        breadcrumb={<Breadcrumb crumbs={[{ label: "Chat" }, { label: "Message check" }]} />}
        title="Message check"
        description="See whether one user can send another a direct message now, and why."
      />
      <MessageCheck base={`/apps/${environment.appId}/${environment.name}`} from={from} to={to} answer={answer} />
    </div>
  );
}
