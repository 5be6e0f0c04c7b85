import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage, readWithNewest } from "@/lib/console/page";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { countListedDeletedUsers, listDeletedUsers } from "@/lib/core/soft-delete/list-deleted-users";
import { DeletedUsersScreen } from "./_components/deleted-users-screen";
import { DeletedUsersQuerySchema } from "./deleted-users-query";

export const metadata: Metadata = { title: "Deleted users" };

interface DeletedUsersPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function DeletedUsersPage({ params, searchParams }: DeletedUsersPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readListQuery(DeletedUsersQuerySchema, searchParams);
  const [{ page, newest }, count] = await Promise.all([
    readWithNewest(
      actor,
      () => markNewest(context, actor, "deleted-users", query),
      () => listDeletedUsers(context, actor, query),
    ),
    readForPage(actor, () => countListedDeletedUsers(context, actor, query)),
  ]);
  return (
    <DeletedUsersScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
      newest={newest}
      count={count.ok ? count.data : null}
      restoreAfterMinutes={context.restoreAfterMs / 60_000}
    />
  );
}
