import type { Db } from "@/lib/db/database";
import { fewRows, type Run, rowsOf } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { FriendPermission } from "./schema";

const SET = {
  name: "friend-permission-set",
  text: `UPDATE users u SET friend_permission = $3::smallint
    FROM ${fewRows(1, { environment_id: "int", user_id: "text" })} i
    WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id`,
};

/** The users must be locked. Null: as the environment's settings say. */
export async function setPermission(
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
  permission: FriendPermission | null,
): Promise<void> {
  await run(SET, [userIds.map(() => environmentId), userIds, permission]);
}

/** Own levels of those who are registered and not soft-deleted, in the order given. */
export function findPermissions(
  db: Db,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Array<{ userId: string; permission: FriendPermission | null }>> {
  return db.$queryRawUnsafe(
    `SELECT i.user_id AS "userId", u.permission
    FROM ${rowsOf("int", "text")} WITH ORDINALITY AS i(environment_id, user_id, ordinal)
    CROSS JOIN LATERAL (
      SELECT friend_permission AS permission FROM users
      WHERE environment_id = i.environment_id AND user_id = i.user_id AND soft_deleted_at IS NULL LIMIT 1
    ) u ORDER BY i.ordinal`,
    userIds.map(() => environmentId),
    userIds,
  );
}
