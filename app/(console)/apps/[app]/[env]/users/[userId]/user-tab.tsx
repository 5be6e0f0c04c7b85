import type { ReactNode } from "react";
import { LoadError } from "@/components/layout/failures";
import { Hydrated } from "@/components/layout/hydrated";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { NoSuchUser } from "./_components/no-such-user";
import { ShownUser } from "./_components/shown-user";
import { readUser, type UserPageParams } from "./read-user";

type Read = Awaited<ReturnType<typeof readUser>>;

/**
 * A tab of the user's page. The frame around it outlives a change of tabs; it shows the user as read with the tab, so that
 * both agree, and nothing of a user who is gone by then.
 */
export async function userTab(
  params: Promise<UserPageParams>,
  render: (read: Read & { user: UserDetail }) => Promise<ReactNode>,
): Promise<ReactNode> {
  const read = await readUser(params);
  const { user, readAt, failure, environment, userId, elsewhere } = read;
  if (failure !== null) return <LoadError what="the user" error={failure} />;
  return (
    <>
      <ShownUser user={user} readAt={readAt} />
      {user === null ? (
        <NoSuchUser environment={environment} userId={userId} elsewhere={elsewhere} />
      ) : (
        <>
          {await render({ ...read, user })}
          {/* The frame above may respond sooner than the tab. */}
          <Hydrated />
        </>
      )}
    </>
  );
}
