import { cache } from "react";
import { pageActor } from "@/lib/console/page";
import { findUserElsewhere } from "@/lib/core/users/find-user-elsewhere";
import { getUserDetail } from "@/lib/core/users/get-user-detail";

export interface UserPageParams {
  readonly app: string;
  readonly env: string;
  readonly userId: string;
}

/** The `userId` as it stands in the address. A malformed escape is taken as it is, and finds nobody. */
export function userIdOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** One read of the user a request, for the frame of the page and the tab inside it. */
const read = cache(async (app: string, env: string, userId: string) => {
  const { context, actor, environment, closed } = await pageActor({ app, env }, "users.read");
  const user = await getUserDetail(context, actor, { userId });
  const elsewhere = user === null ? await findUserElsewhere(context, actor, { userId }) : null;
  return { context, actor, environment, closed, userId, user, elsewhere };
});

/** The user whose page is asked for, after the session and the role were checked. `user` is null when there is none. */
export async function readUser(params: Promise<UserPageParams>) {
  const { app, env, userId } = await params;
  return read(app, env, userIdOf(userId));
}
