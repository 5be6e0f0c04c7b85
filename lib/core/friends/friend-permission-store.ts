import { fewRows } from "@/lib/db/sql";
import { type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { FriendPermission } from "./schema";

const SET = {
  name: "friend-permission-set",
  text: `UPDATE users u SET friend_permission = $3::smallint
    FROM ${fewRows(1, { environment_id: "int", user_id: "text" })} i
    WHERE u.environment_id = i.environment_id AND u.user_id = i.user_id`,
};

/** Gives locked users a level. Null: as the environment's settings say. */
export function permissionWrite(
  environmentId: EnvironmentId,
  userIds: readonly string[],
  permission: FriendPermission | null,
): Write {
  return write(SET, [userIds.map(() => environmentId), userIds, permission]);
}
