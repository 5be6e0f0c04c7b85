import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";

interface NewUserRow {
  readonly environmentId: EnvironmentId;
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly createdAt: Date;
}

/** False where a user has the id, soft-deleted ones too. Whoever inserts the id right now is waited for. */
export async function insertUser(tx: Db, user: NewUserRow): Promise<boolean> {
  const { count } = await tx.user.createMany({ data: [user], skipDuplicates: true });
  return count === 1;
}

export function findUserOfId(tx: Db, environmentId: EnvironmentId, userId: string) {
  return tx.user.findUnique({
    where: { environmentId_userId: { environmentId, userId } },
    select: { name: true, avatarUrl: true, bannedUntil: true, softDeletedAt: true },
  });
}
