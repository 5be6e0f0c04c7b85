import type { Metadata } from "next";
import { pageActor, readForPage, type SearchParams } from "@/lib/console/page";
import { listUsers } from "@/lib/core/users/list-users";
import { env } from "@/lib/env";
import { readUserListQuery } from "../search-params";
import { UsersScreen } from "./_components/users-screen";

export const metadata: Metadata = { title: "Users" };

interface UsersPageProps {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function UsersPage({ params, searchParams }: UsersPageProps) {
  const { context, actor, environment, closed } = await pageActor(await params, "users.read");
  const query = await readUserListQuery(searchParams);
  const page = await readForPage(actor, () => listUsers(context, actor, query));
  return (
    <UsersScreen
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      query={query}
      page={page}
      appKey={environment.appKey}
      apiUrl={env().PUBLIC_API_URL}
    />
  );
}
