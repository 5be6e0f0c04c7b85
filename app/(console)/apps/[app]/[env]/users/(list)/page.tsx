import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import { pageActor, readForPage, readWithNewest, type SearchParams } from "@/lib/console/page";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { countUsersElsewhere } from "@/lib/core/users/count-users-elsewhere";
import { UserListQuerySchema } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { UsersScreen } from "./_components/users-screen";

export const metadata: Metadata = { title: "Users" };

interface UsersPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function UsersPage({ params, searchParams }: UsersPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(UserListQuerySchema, searchParams);
  const { page, newest } = await readWithNewest(
    actor,
    () => markNewest(context, actor, "users", query),
    () => listUsers(context, actor, query),
  );
  const isFound = !page.ok || page.data.rows.length > 0;
  const elsewhere = isFound ? null : await readForPage(actor, () => countUsersElsewhere(context, actor, query));
  return (
    <UsersScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
      newest={newest}
      elsewhere={elsewhere?.ok ? elsewhere.data : null}
    />
  );
}
