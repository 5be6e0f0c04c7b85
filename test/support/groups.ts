import type { AppUser, EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";

export function appUserOf(environment: EnvironmentRef, userId: string): AppUser {
  return { kind: "app_user", source: "client", requestId: newId.request(), ip: "127.0.0.1", environment, userId };
}

/** Who is in a group, in the order of their ids, and what the group's row says of their number. */
export async function membersOf(context: Context, environment: EnvironmentRef, groupId: string) {
  const { prisma } = context.db;
  const [rows, group] = await Promise.all([
    prisma.groupMember.findMany({ where: { environmentId: environment.id, groupId }, orderBy: { userId: "asc" } }),
    prisma.group.findUnique({ where: { environmentId_groupId: { environmentId: environment.id, groupId } } }),
  ]);
  return { userIds: rows.map((row) => row.userId), count: group?.memberCount ?? null };
}
