import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { countConnectionsOf } from "../presence/connection-store";
import { onPrimary } from "../shown/read-shown";
import type { UserRow } from "./list-schema";
import type { StoredUserRow } from "./user-list-store";
import { toUserRow } from "./user-row";

/** The rows of a list with how many connections each user has, counted for all of them together. */
export async function withConnections(
  context: Context,
  environmentId: EnvironmentId,
  rows: readonly StoredUserRow[],
): Promise<UserRow[]> {
  const userIds = rows.map((row) => row.userId);
  const connections = await countConnectionsOf(onPrimary(context).db.prisma, environmentId, userIds);
  const now = context.now();
  return rows.map((row) => toUserRow(row, now, connections.get(row.userId) ?? 0));
}
