import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LoadError } from "@/components/layout/failures";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { decodeSegment } from "@/lib/console/page";
import { NoSuchUser } from "./_components/no-such-user";
import { UserFrame } from "./_components/user-frame";
import { readUser, type UserPageParams } from "./read-user";

interface UserLayoutProps {
  params: Promise<UserPageParams>;
  children: ReactNode;
}

export async function generateMetadata({ params }: UserLayoutProps): Promise<Metadata> {
  const { userId } = await params;
  return { title: `${decodeSegment(userId)} · Users` };
}

export default async function UserLayout({ params, children }: UserLayoutProps) {
  const { environment, actor, closed, user, readAt, userId, elsewhere, failure } = await readUser(params);
  if (failure !== null) {
    const users = `/apps/${environment.appId}/${environment.name}/users`;
    return (
      <>
        <PageHeader
          title="User"
          breadcrumb={<Breadcrumb crumbs={[{ label: "Users", href: users }, { label: userId }]} />}
        />
        <LoadError what="the user" error={failure} />
      </>
    );
  }
  if (user === null) return <NoSuchUser environment={environment} userId={userId} elsewhere={elsewhere} />;
  return (
    <UserFrame
      app={environment.appId}
      environment={environment.name}
      role={actor.role}
      closed={closed}
      user={user}
      readAt={readAt}
    >
      {children}
    </UserFrame>
  );
}
