import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/list-address";
import { pageActor, type SearchParams, showForPage, showWithNewest } from "@/lib/console/page";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { countUsersElsewhere } from "@/lib/core/users/count-users-elsewhere";
import { listUsers } from "@/lib/core/users/list-users";
import { UsersScreen } from "./_components/users-screen";
import { usersList } from "./users-list";

export const metadata: Metadata = { title: "Users" };

interface UsersPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function UsersPage({ params, searchParams }: UsersPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(usersList, searchParams);
  const { page, newest } = await showWithNewest(
    context,
    actor,
    (shown) => markNewest(shown, actor, "users", query),
    (shown) => listUsers(shown, actor, query),
  );
  const isFound = !page.ok || page.data.rows.length > 0;
  const elsewhere = isFound
    ? null
    : await showForPage(context, actor, (shown) => countUsersElsewhere(shown, actor, query));
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
