import { cache } from "react";
import { decodeSegment, pageActor, readForPage } from "@/lib/console/page";
import { findUserElsewhere } from "@/lib/core/users/find-user-elsewhere";
import { getUserDetail } from "@/lib/core/users/get-user-detail";

export interface UserPageParams {
  readonly app: string;
  readonly env: string;
  readonly userId: string;
}

/** One read of the user a request, for the frame of the page and the tab inside it. */
const read = cache(async (app: string, env: string, userId: string) => {
  const { context, actor, environment, closed } = await pageActor({ app, env }, "users.read");
  const readAt = context.now();
  const found = await readForPage(actor, async () => {
    const user = await getUserDetail(context, actor, { userId });
    return { user, elsewhere: user === null ? await findUserElsewhere(context, actor, { userId }) : null };
  });
  const read = found.ok ? { ...found.data, failure: null } : { user: null, elsewhere: null, failure: found.error };
  return { context, actor, environment, closed, userId, readAt, ...read };
});

/**
 * The user whose page is asked for, after the session and the role were checked. `user` is null when there is none, and when it could not be read: then
 * `failure` says why, and the frame shows it.
 */
export async function readUser(params: Promise<UserPageParams>) {
  const { app, env, userId } = await params;
  return read(app, env, decodeSegment(userId));
}
