import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NoSuchUser } from "./_components/no-such-user";
import { UserFrame } from "./_components/user-frame";
import { readUser, type UserPageParams, userIdOf } from "./read-user";

interface UserLayoutProps {
  params: Promise<UserPageParams>;
  children: ReactNode;
}

export async function generateMetadata({ params }: UserLayoutProps): Promise<Metadata> {
  const { userId } = await params;
  return { title: `${userIdOf(userId)} · Users` };
}

export default async function UserLayout({ params, children }: UserLayoutProps) {
  const { environment, actor, closed, user, userId, elsewhere } = await readUser(params);
  if (user === null) return <NoSuchUser environment={environment} userId={userId} elsewhere={elsewhere} />;
  return (
    <UserFrame app={environment.appId} environment={environment.name} role={actor.role} closed={closed} user={user}>
      {children}
    </UserFrame>
  );
}
