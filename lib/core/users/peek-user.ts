import type { Actor } from "../actor";
import { listUserActivity } from "../audit/list-audit-entries";
import type { AuditRow } from "../audit/list-schema";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getUserDetail, type UserDetail } from "./get-user-detail";

export interface PeekedUser {
  readonly user: UserDetail;
  /** The latest audit entries about the user, latest first; at most five. */
  readonly activity: readonly AuditRow[];
}

const ACTIVITY_SHOWN = 5;

/** What the panel beside a list shows of one user. Throws `not_found` when nobody of this id is registered. */
export async function peekUser(context: Context, actor: Actor, input: { userId: string }): Promise<PeekedUser> {
  const user = await getUserDetail(context, actor, input);
  if (user === null) throw new AppError("not_found", { message: "Nobody of this ID is registered here." });
  const { rows } = await listUserActivity(context, actor, { userId: user.userId });
  return { user, activity: rows.slice(0, ACTIVITY_SHOWN) };
}
